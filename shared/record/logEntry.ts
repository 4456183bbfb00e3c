import { z } from 'zod';
import type { Stamp } from './hybridClock.ts';
import { personSchema } from '../people/person.ts';
import { recordEventSchema } from './recordEvent.ts';

/**
 * An entry of the log: an event, who wrote it, when, what its author had seen, and its place in the hash chain of its
 * sequence. The log is the merge of the sequences of all workstations; each writes one of its own.
 */
export const logEntrySchema = z.object({
  /** The sequence that the entry belongs to: `workstation.epoch`. */
  sequence: z.string().regex(/^[a-z0-9-]{1,60}\.\d{1,6}$/),
  /** Counts from 1, without gaps. */
  seq: z.number().int().positive(),
  /** When it was done, by the clock of its workstation, UTC ms. */
  atMs: z.number().int(),
  /**
   * The hybrid logical clock, by which entries are ordered: `atMs`, or a later time where that is earlier than what the
   * author had seen, and a counter.
   */
  clockMs: z.number().int().optional(),
  tick: z.number().int().nonnegative(),
  author: personSchema,
  /** How far the author's workstation had each of the other sequences. */
  seen: z.record(z.string(), z.number().int()),
  event: recordEventSchema,
  /**
   * SHA-256, hexadecimal, over the entry and the hash of its predecessor. It begins with `2:` where the text is
   * canonical JSON by RFC 8785.
   */
  hash: z.string(),
  /** Ed25519 of the workstation over the hash, base64. */
  signature: z.string(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

/** The end of a sequence: the number and the hash of its last entry. */
export type Head = { seq: number; hash: string };

/** The id of an entry, `sequence:seq`, unique in the log of the desk. */
export const entryId = ({ sequence, seq }: Pick<LogEntry, 'sequence' | 'seq'>): string => `${sequence}:${String(seq)}`;

/** The id of the workstation that writes a sequence. */
export const workstationOf = (sequence: string): string => sequence.slice(0, sequence.lastIndexOf('.'));
/** The epoch of a sequence: 1 for the first that its workstation wrote, higher for each later one. */
export const epochOf = (sequence: string): number => Number(sequence.slice(sequence.lastIndexOf('.') + 1));

/** The stamp of an entry on the hybrid clock. */
export const stampOf = ({ atMs, clockMs = atMs, tick }: LogEntry): Stamp => ({ atMs: clockMs, tick });

/**
 * Compares two entries by time; what authors had seen is respected as long as no clock was far ahead (see
 * `orderEntries`).
 */
export function compareEntries(a: LogEntry, b: LogEntry): number {
  return (
    stampOf(a).atMs - stampOf(b).atMs ||
    a.tick - b.tick ||
    (a.sequence < b.sequence ? -1 : a.sequence > b.sequence ? 1 : a.seq - b.seq)
  );
}

/** Whether the author of `later` knew of `earlier` when writing. */
export function hasSeen(later: LogEntry, earlier: LogEntry): boolean {
  return later.sequence === earlier.sequence
    ? later.seq > earlier.seq
    : (later.seen[earlier.sequence] ?? 0) >= earlier.seq;
}

/** Whether an entry comes, in this order, before an entry that its author had seen. */
function isAgainstKnowledge(ordered: readonly LogEntry[]): boolean {
  const known = new Map<string, number>();
  return ordered.some((entry) => {
    if ((known.get(entry.sequence) ?? 0) >= entry.seq) return true;
    known.set(entry.sequence, entry.seq);
    for (const [sequence, seq] of Object.entries(entry.seen))
      if ((known.get(sequence) ?? 0) < seq) known.set(sequence, seq);
    return false;
  });
}

/**
 * Puts entries into one order, the same on every workstation whatever the order in which they came, each once: by time,
 * but never an entry before what its author had seen, not even where a clock was wrong.
 */
export function orderEntries(entries: Iterable<LogEntry>): LogEntry[] {
  const byId = new Map([...entries].map((entry) => [entryId(entry), entry]));
  const byTime = [...byId.values()].sort(compareEntries);
  if (!isAgainstKnowledge(byTime)) return byTime;
  const queues = new Map(
    [...Map.groupBy(byTime, ({ sequence }) => sequence)].map(([sequence, queue]) => [
      sequence,
      queue.sort((a, b) => a.seq - b.seq),
    ]),
  );
  const ordered: LogEntry[] = [];
  while (ordered.length < byTime.length) {
    const firsts = [...queues.values()].flatMap(([first]) => first ?? []).sort(compareEntries);
    const next =
      firsts.find((entry) => firsts.every((other) => other.sequence === entry.sequence || !hasSeen(entry, other))) ??
      firsts[0];
    if (next === undefined) break;
    queues.get(next.sequence)?.shift();
    ordered.push(next);
  }
  return ordered;
}
