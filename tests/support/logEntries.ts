import type { LogEntry } from '../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../shared/record/recordEvent.ts';
import { person } from './people.ts';

/** Entries of one sequence, a second apart, as the log would hold them but for hash and signature. */
export function entriesOf(events: readonly RecordEvent[], { sequence = 'ws-a.1', author = person('Ann'), fromMs = 0 } = {}): LogEntry[] {
  return events.map((event, index) => ({ sequence, seq: index + 1, atMs: fromMs + 1000 * index, tick: 0, author, seen: {}, event, hash: '', signature: '' }));
}
