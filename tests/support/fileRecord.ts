import { join } from 'node:path';
import { makeWorkstation } from '../../main/engine/log/workstation.ts';
import { RecordFile } from '../../main/engine/store/record/RecordFile.ts';
import type { RecordStore } from '../../main/engine/store/store.ts';

/** Opens the record of a data folder in its real file, on the test's own thread. */
export function fileRecord(
  dataDir: string,
  nowMs: () => number,
  workstation = makeWorkstation('Test', 'ws-test'),
): RecordStore {
  const file = new RecordFile(join(dataDir, 'record.db'), workstation);
  file.open(nowMs());
  return {
    append: (atMs, author, event, seen) => {
      const [entry] = file.append([{ atMs, author, event, seen }], nowMs()).entries;
      return entry === undefined ? Promise.reject(new Error('nothing was written')) : Promise.resolve(entry);
    },
    merge: (entries, keys) => Promise.resolve(file.merge(entries, keys, nowMs())),
    entries: (from, limit) => Promise.resolve(file.entries(from, limit)),
    newest: (limit) => Promise.resolve(file.newest(limit)),
    sequence: (sequence, fromSeq, limit) => Promise.resolve(file.sequence(sequence, fromSeq, limit)),
    heads: () => Promise.resolve(file.heads()),
    beginEpoch: (reason) => Promise.resolve(file.beginEpoch(reason, nowMs())),
    close: () => {
      file.close();
      return Promise.resolve();
    },
  };
}
