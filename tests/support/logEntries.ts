import type { Person } from '../../shared/people/person.ts';
import type { LogEntry } from '../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../shared/record/recordEvent.ts';
import { person } from './people.ts';

/** Entries of one sequence, a second apart, as the log would hold them, but without valid hash and signature. */
export function entriesOf(
  events: readonly RecordEvent[],
  { sequence = 'ws-a.1', author = person('Ann'), fromMs = 0 } = {},
): LogEntry[] {
  return events.map((event, index) => ({
    sequence,
    seq: index + 1,
    atMs: fromMs + 1000 * index,
    tick: 0,
    author,
    seen: {},
    event,
    hash: '',
    signature: '',
  }));
}

/**
 * Writes entries as one workstation does: numbered, never with an earlier time than before, and with what it had seen
 * of the others; without valid hash and signature.
 */
export class EntryWriter {
  readonly sequence: string;
  #seq = 0;
  #atMs = 0;
  readonly #seen: Record<string, number> = {};

  constructor(workstation = 'ws-a') {
    this.sequence = `${workstation}.1`;
  }

  write(atMs: number, author: Person, event: RecordEvent): LogEntry {
    this.#atMs = Math.max(this.#atMs, atMs);
    return {
      sequence: this.sequence,
      seq: ++this.#seq,
      atMs: this.#atMs,
      tick: 0,
      author,
      seen: { ...this.#seen },
      event,
      hash: '',
      signature: '',
    };
  }

  /** From now on the writer has seen these entries. */
  see(...entries: readonly LogEntry[]): void {
    for (const { sequence, seq } of entries)
      if (sequence !== this.sequence) this.#seen[sequence] = Math.max(this.#seen[sequence] ?? 0, seq);
  }
}

/** Makes one entry with its place in the log, its time, and what its author had seen. */
export function entryOf(
  sequence: string,
  seq: number,
  atMs: number,
  more: Partial<Pick<LogEntry, 'seen' | 'author' | 'event'>> = {},
): LogEntry {
  return {
    sequence,
    seq,
    atMs,
    tick: 0,
    author: person('Ann'),
    seen: {},
    event: { kind: 'system.noted', text: `${sequence}:${String(seq)}` },
    hash: '',
    signature: '',
    ...more,
  };
}
