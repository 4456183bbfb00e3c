import type { RecordEntry } from '../../../../../shared/incidents/incident.ts';
import type { RecordStore } from '../../../../../main/engine/store/store.ts';

/** A record in memory, whose disk can be made to fail. */
export function memoryRecord(entries: RecordEntry[] = []): RecordStore & { failWith: (error: Error | undefined) => void } {
  let failure: Error | undefined;
  return {
    failWith: (error) => void (failure = error),
    append: async (atMs, actor, event) => {
      await Promise.resolve();
      if (failure !== undefined) throw failure;
      const entry: RecordEntry = { seq: (entries.at(-1)?.seq ?? 0) + 1, atMs, actor, event, hash: '' };
      entries.push(entry);
      return entry;
    },
    entries: (fromSeq, limit) => Promise.resolve(entries.filter(({ seq }) => seq >= fromSeq).slice(0, limit)),
    newest: (limit) => Promise.resolve(entries.slice(-limit)),
    firstBreak: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  };
}
