import { z } from 'zod';
import { topicRefusalSchema } from '../base/topicRefusal.ts';

/** A workstation of the desk as it looks from this one. */
const peerSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `unheard`: not since this one started. */
  state: z.enum(['self', 'live', 'gone', 'unheard', 'revoked']),
  /** When it was last heard, UTC ms. */
  heardAtMs: z.number().optional(),
  /** Entries that are here and not yet there, as of its last word. */
  behind: z.number(),
  /** Its clock less the one here, ms; positive is ahead. */
  clockOffMs: z.number().optional(),
  /** Its clock is off by more than a minute, or it wrote an event that is dated so far ahead. */
  isClockWrong: z.boolean(),
  isLeader: z.boolean(),
});
/** The state of one workstation of the desk. */
export type DeskPeer = z.infer<typeof peerSchema>;

/** What a screen is told of the desk. */
export const deskStateSchema = z.object({
  deskId: z.string(),
  isConnected: z.boolean(),
  /** Entries that others have and that are not here yet. */
  missing: z.number(),
  /** Whether this workstation does now what Beacon does by itself. */
  isLeading: z.boolean(),
  term: z.number(),
  workstations: z.array(peerSchema),
  /**
   * Files that the log names and that are not here yet; `at` is the name of the workstation that they came from.
   * `nobody`: no workstation that is connected has it.
   */
  awaited: z.array(z.object({ hash: z.string(), at: z.string(), state: z.enum(['coming', 'waiting', 'nobody']) })),
  /** What was not taken, newest first. */
  refused: z.array(
    z.object({
      from: z.string(),
      reason: z.enum(['stranger', 'revoked', 'unsigned', 'broken', 'role', 'code', 'unreadable', 'file', 'repeated']),
      count: z.number(),
      lastAtMs: z.number(),
    }),
  ),
  /** Topics that the broker keeps from the desk. */
  refusedTopics: z.array(topicRefusalSchema),
});
export type DeskState = z.infer<typeof deskStateSchema>;
