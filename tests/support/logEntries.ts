import type { LogEntry } from '../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../shared/record/recordEvent.ts';
import { person } from './people.ts';

/** Entries of one sequence, a second apart, as the log would hold them but for hash and signature. */
export function entriesOf(events: readonly RecordEvent[], { sequence = 'ws-a.1', author = person('Ann'), fromMs = 0 } = {}): LogEntry[] {
  return events.map((event, index) => ({ sequence, seq: index + 1, atMs: fromMs + 1000 * index, tick: 0, author, seen: {}, event, hash: '', signature: '' }));
}

/** One entry with its place in the log, its time, and what its author had seen. */
export function entryOf(sequence: string, seq: number, atMs: number, more: Partial<Pick<LogEntry, 'seen' | 'author' | 'event'>> = {}): LogEntry {
  return { sequence, seq, atMs, tick: 0, author: person('Ann'), seen: {}, event: { kind: 'system.noted', text: `${sequence}:${String(seq)}` }, hash: '', signature: '', ...more };
}
