import type { LogEntry } from '../../../../shared/record/logEntry.ts';
import type { SequenceHead } from '../../../../shared/people/sequenceHead.ts';
import { LogChain } from './LogChain.ts';
import { readLog } from './logTable.ts';
import { openReader } from '../openDatabase.ts';
import { recordFiles, salvage } from './RecordFile.ts';

/**
 * The whole record over all its files and where each sequence ends, for reading only, beside a running engine or
 * without one. Throws a StoreError where the newest file cannot be read.
 */
export function readRecord(firstFile: string): { entries: LogEntry[]; heads: SequenceHead[] } {
  const files = recordFiles(firstFile);
  const newest = files.at(-1);
  const entries = files.slice(0, -1).flatMap((file) => salvage(file));
  if (newest !== undefined) {
    const db = openReader(newest);
    try {
      entries.push(...readLog(db));
    } finally {
      db.close();
    }
  }
  const chain = new LogChain();
  for (const entry of entries) chain.follow(entry, Number.POSITIVE_INFINITY);
  return { entries, heads: Object.entries(chain.heads()).map(([sequence, head]) => ({ sequence, ...head })) };
}
