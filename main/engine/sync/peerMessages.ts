import { z } from 'zod';
import { logEntrySchema } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { MOST_ATTACHMENT_BYTES } from '../../../shared/contract/incidentRequests.ts';

/** The end of a sequence: its last number, and the first 16 digits of that entry's hash. */
const briefHeadSchema = z.tuple([z.number().int().nonnegative(), z.string().max(64)]);
export type BriefHead = z.infer<typeof briefHeadSchema>;

/**
 * `ready`: could lead; `claims`: intends to lead, and waits for what the others say; `leads`: carries out what Beacon
 * does by itself.
 */
const standingSchema = z.enum(['away', 'ready', 'claims', 'leads']);
export type Standing = z.infer<typeof standingSchema>;

/** What a workstation says of itself every second, retained by the broker: its heartbeat. */
export const beatSchema = z.object({
  /** The sequence that it writes. */
  from: z.string().max(70),
  name: z.string().max(100),
  /** Drawn at random at each start: two instances with one sequence are a copied data folder. */
  instance: z.string().max(40),
  bornAtMs: z.number(),
  /** The client id of its engine at the broker: a copied data folder has the same one. */
  engine: z.string().max(60).optional(),
  /** Counts up within an instance, so that an old beat that somebody repeats is distinguished from a new one. */
  beat: z.number().int(),
  /** The time of its clock. */
  atMs: z.number(),
  heads: z.record(z.string(), briefHeadSchema),
  term: z.number().int().nonnegative(),
  standing: standingSchema,
  /** Always empty, and sent because the first version refuses a beat without it. */
  acts: z.array(z.string().max(200)).max(200).optional(),
  /**
   * Beats of others that this workstation has heard, by their instance. So the others know that this beat was made
   * after theirs, and is not a recording. Earlier versions of Beacon do not send it.
   */
  heard: z.record(z.string().max(40), z.number().int()).optional(),
});
export type Beat = z.infer<typeof beatSchema>;

/** Asks a peer for a range of a sequence; the answer carries as much of it as the peer has. */
export const askSchema = z.object({
  from: z.string().max(70),
  to: z.string().max(70),
  sequence: z.string().max(70),
  fromSeq: z.number().int().positive(),
  toSeq: z.number().int().positive(),
});
export type Ask = z.infer<typeof askSchema>;

export const giveSchema = z.object({
  from: z.string().max(70),
  to: z.string().max(70),
  sequence: z.string().max(70),
  entries: z.array(logEntrySchema).max(1000),
});
export type Give = z.infer<typeof giveSchema>;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const offset = z.number().int().min(0).max(MOST_ATTACHMENT_BYTES);
/** The length of a piece of `MOST_CHUNK_BYTES` with what encryption adds, in base64. */
const MOST_SEALED = 270_000;

/** Asks a peer for a piece of a file that the log names. */
export const wantSchema = z.object({ from: z.string().max(70), to: z.string().max(70), hash, offset });
export type Want = z.infer<typeof wantSchema>;

/** A piece of a file. `bytes`: the length of the whole file; 0 where the file is not there. */
export const pieceSchema = z.object({
  ...wantSchema.shape,
  bytes: z.number().int().min(0).max(MOST_ATTACHMENT_BYTES),
  sealed: z.string().max(MOST_SEALED),
});
export type Piece = z.infer<typeof pieceSchema>;

/** What carries the log over the broker, and what carries files. */
export type LogMessage =
  | { kind: 'ask'; ask: Ask }
  | { kind: 'give'; give: Give }
  | { kind: 'events'; entries: LogEntry[] }
  | { kind: 'beat'; beat: Beat };
export type FileMessage = { kind: 'want'; want: Want } | { kind: 'piece'; piece: Piece };
export type DeskMessage = LogMessage | FileMessage;
