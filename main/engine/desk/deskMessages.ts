import { z } from 'zod';
import { logEntrySchema } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';

/** Where a sequence ends: its last number, and the first 16 digits of that entry's hash. */
const briefHeadSchema = z.tuple([z.number().int().nonnegative(), z.string().max(64)]);
export type BriefHead = z.infer<typeof briefHeadSchema>;

/** `ready`: could lead; `claims`: means to, and waits for what the others say; `leads`: does what Beacon does by itself. */
const standingSchema = z.enum(['away', 'ready', 'claims', 'leads']);
export type Standing = z.infer<typeof standingSchema>;

/** What a workstation says of itself every second, retained by the broker. */
export const beatSchema = z.object({
  /** The sequence that it writes. */
  from: z.string().max(70),
  name: z.string().max(100),
  /** Drawn anew at each start: two with one sequence are a copied data folder. */
  instance: z.string().max(40),
  bornAtMs: z.number(),
  /** Counts up within an instance, so that an old one repeated by somebody is told from a new one. */
  beat: z.number().int(),
  /** Its clock. */
  atMs: z.number(),
  heads: z.record(z.string(), briefHeadSchema),
  term: z.number().int().nonnegative(),
  standing: standingSchema,
  /** What this workstation does by itself and no other is known to have in its log: whoever leads next takes it as done. */
  acts: z.array(z.string().max(200)).max(200),
});
export type Beat = z.infer<typeof beatSchema>;

/** Asks a peer for a stretch of a sequence; the answer carries as much of it as the peer has. */
export const askSchema = z.object({ from: z.string().max(70), to: z.string().max(70), sequence: z.string().max(70), fromSeq: z.number().int().positive(), toSeq: z.number().int().positive() });
export type Ask = z.infer<typeof askSchema>;

export const giveSchema = z.object({ from: z.string().max(70), to: z.string().max(70), sequence: z.string().max(70), entries: z.array(logEntrySchema).max(1000) });
export type Give = z.infer<typeof giveSchema>;

/** What goes over the broker. */
export type DeskMessage = { kind: 'ask'; ask: Ask } | { kind: 'give'; give: Give } | { kind: 'events'; entries: LogEntry[] } | { kind: 'beat'; beat: Beat };
