import { isAppUrl } from './appUrl.ts';

/** The part of Electron's frame that shows where a message comes from. */
type Frame = { url: string; parent: unknown };

/** Messages count only from the top frame of the application's own page; a frame that is already gone is null. */
export const isTrustedSender = (frame: Frame | null): boolean =>
  frame !== null && frame.parent === null && isAppUrl(frame.url);
