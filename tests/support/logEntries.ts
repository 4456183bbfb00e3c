import type { Person } from '../../shared/people/person.ts';
import type { LogEntry } from '../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../shared/record/recordEvent.ts';

const operator: Person = { id: 'ann', name: 'Ann', role: 'operator' };

/** An entry as it comes out of the log, for tests of what is made of them: `ws.1`, its number and time, and what is said of it. */
export function entryOf(sequence: string, seq: number, atMs: number, more: Partial<Pick<LogEntry, 'seen' | 'tick' | 'author'>> & { event?: RecordEvent } = {}): LogEntry {
  return { sequence, seq, atMs, tick: 0, author: operator, seen: {}, event: { kind: 'system.noted', text: `${sequence}:${String(seq)}` }, hash: '', signature: '', ...more };
}
