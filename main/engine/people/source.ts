import { createHash } from 'node:crypto';

/**
 * Where an attempt to sign in comes from, and how it is counted. `key`: attempts with the same key count together.
 * `isKnown`: somebody has signed in there before, or it is a window of the workstation's own application; unknown
 * devices never share its count or its place in the queue. `line`: the one connection, which lasts as long as a screen
 * is connected.
 */
export type Source = { key: string; isKnown: boolean; line: string };

/** The source of work that nobody can ask for without having been let in. */
export const ownSource: Source = { key: '', isKnown: true, line: '' };

const DEVICE = 'device:';

/**
 * The id under which a device is counted and recorded. A screen names itself by random bits that it keeps to itself, so
 * the name is what OWASP calls a device cookie; only this hash of it is ever written down, and nobody can present
 * another device's name from the log.
 */
export function deviceKey(workstation: string, screen: string): string {
  const hash = createHash('sha256').update(`${workstation}/${screen}`).digest('base64url');
  return `${DEVICE}${hash.slice(0, 32)}`;
}

/** The id of the device that an entry of the log names. Earlier versions wrote down the name that the screen had. */
export const recordedDevice = (workstation: string, screen: string): string =>
  screen.startsWith(DEVICE) ? screen : deviceKey(workstation, screen);
