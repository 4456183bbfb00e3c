import type { RecordStore } from '../../main/engine/store/store.ts';
import type { LogEntry } from '../../shared/record/logEntry.ts';

const SEQUENCE = 'ws-test.1';

/** The last number of each sequence that other workstations wrote. */
const seenIn = (entries: readonly LogEntry[]): Record<string, number> =>
  Object.fromEntries(
    entries.filter(({ sequence }) => sequence !== SEQUENCE).map(({ sequence, seq }) => [sequence, seq]),
  );

/** A record store in memory; tests can make its disk fail. */
export function memoryRecord(entries: LogEntry[] = []): RecordStore & { failWith: (error: Error | undefined) => void } {
  let failure: Error | undefined;
  const append: RecordStore['append'] = async (atMs, author, event) => {
    await Promise.resolve();
    if (failure !== undefined) throw failure;
    const entry: LogEntry = {
      sequence: SEQUENCE,
      seq: (entries.findLast(({ sequence }) => sequence === SEQUENCE)?.seq ?? 0) + 1,
      atMs,
      tick: entries.length,
      author,
      seen: seenIn(entries),
      event,
      hash: '',
      signature: '',
    };
    entries.push(entry);
    return entry;
  };
  return {
    failWith: (error) => void (failure = error),
    append,
    merge: (news) => {
      entries.push(...news);
      return Promise.resolve({ accepted: [...news], refused: [], missing: [] });
    },
    entries: (from, limit) => Promise.resolve({ entries: entries.slice(from, from + limit), next: from + limit }),
    newest: (limit) => Promise.resolve(entries.slice(-limit)),
    sequence: (sequence, fromSeq, limit) =>
      Promise.resolve(entries.filter((entry) => entry.sequence === sequence && entry.seq >= fromSeq).slice(0, limit)),
    heads: () => Promise.resolve({ own: SEQUENCE, heads: {} }),
    beginEpoch: (reason) =>
      append(0, { id: 'beacon', name: 'Beacon', role: 'administrator' }, { kind: 'log.begun', reason, follows: [] }),
    close: () => Promise.resolve(),
  };
}
