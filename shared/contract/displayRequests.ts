import { z } from 'zod';
import { call, command, nothing, text } from '../commands/declare.ts';

const displayId = z.string().regex(/^[\w-]{1,60}$/);

const displayStateSchema = z.object({
  id: z.string(),
  /** The name in its address, or that of its token. */
  name: z.string(),
  scene: z.string(),
  /** Of the page that it shows. */
  version: z.string(),
  widthPx: z.number(),
  heightPx: z.number(),
  /** When it reported last, UTC ms. */
  lastAtMs: z.number(),
  isDead: z.boolean(),
});
/** A wall display of this workstation's engine. */
export type DisplayState = z.infer<typeof displayStateSchema>;

const displayReportSchema = z.object({
  id: displayId,
  name: text(60).optional(),
  scene: text(60),
  version: z.string().max(40),
  widthPx: z.number().int().min(0).max(100_000),
  heightPx: z.number().int().min(0).max(100_000),
});
/** What a wall display says of itself every few seconds. */
export type DisplayReport = z.infer<typeof displayReportSchema>;

/** The requests of wall displays that came in by a token, and about them. */
export const displayRequests = {
  /** Reports that a display is alive. `isReloadWanted`: somebody wants it to load its page again. */
  'display.report': call(displayReportSchema, z.object({ isReloadWanted: z.boolean() }), 'wall.show'),
  'display.list': call(nothing, z.object({ displays: z.array(displayStateSchema), nowMs: z.number() })),
  /** Makes a display load its page again with its next report. */
  'display.reload': command(z.object({ id: displayId }), nothing, 'desk.administer'),
  /**
   * Forgets a display that is no longer used, and ends its alarm. One that is alive comes back with its next report.
   */
  'display.forget': command(z.object({ id: displayId }), nothing, 'desk.administer'),
} as const;
