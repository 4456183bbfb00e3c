import { z } from 'zod';
import { topicRefusalSchema } from '../base/topicRefusal.ts';

/** A workstation of the desk, as this workstation sees it. */
const peerSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `unheard`: it was not heard since this workstation started. */
  state: z.enum(['self', 'live', 'gone', 'unheard', 'revoked']),
  /** When it was last heard, UTC ms. */
  heardAtMs: z.number().optional(),
  /** How many entries are here and not yet there, as of its last beat. */
  behind: z.number(),
  /** Its clock minus the clock of this workstation, ms; positive is ahead. */
  clockOffMs: z.number().optional(),
  /** Its clock is off by more than a minute, or it wrote an event that is dated so far ahead. */
  isClockWrong: z.boolean(),
  isLeader: z.boolean(),
});
/** The state of one workstation of the desk. */
export type DeskPeer = z.infer<typeof peerSchema>;

/** That this workstation was put out of the desk: where, why, and when. */
export const putOutSchema = z.object({ by: z.string(), reason: z.string(), atMs: z.number() });
export type PutOut = z.infer<typeof putOutSchema>;

/** The state of the desk, as the engine publishes it to screens. */
export const deskStateSchema = z.object({
  deskId: z.string(),
  isConnected: z.boolean(),
  /** How many entries other workstations have that are not here yet. */
  missing: z.number(),
  /** Whether this workstation leads: it does what Beacon does by itself. */
  isLeading: z.boolean(),
  term: z.number(),
  workstations: z.array(peerSchema),
  /**
   * Files that the log names and that are not here yet; `at` is the name of the workstation that they come from.
   * `nobody`: no connected workstation has the file.
   */
  awaited: z.array(z.object({ hash: z.string(), at: z.string(), state: z.enum(['coming', 'waiting', 'nobody']) })),
  /** Messages that were refused, newest first. */
  refused: z.array(
    z.object({
      from: z.string(),
      reason: z.enum(['stranger', 'revoked', 'unsigned', 'broken', 'role', 'code', 'unreadable', 'file', 'repeated']),
      count: z.number(),
      lastAtMs: z.number(),
    }),
  ),
  /** Topics of the desk that the broker does not let Beacon use. */
  refusedTopics: z.array(topicRefusalSchema),
  /** Another process runs under the identity of this workstation, as after a restoration beside the old machine. */
  hasTwin: z.boolean(),
  /** Nothing may be written here any more, as no other workstation would take it. */
  putOut: putOutSchema.optional(),
});
export type DeskState = z.infer<typeof deskStateSchema>;
