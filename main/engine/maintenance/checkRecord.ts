import { statSync } from 'node:fs';
import { entryId } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { CheckReport } from './checkDatabase.ts';
import { readIntegrity } from '../store/damage.ts';
import { LogChain } from '../store/record/LogChain.ts';
import { readLog } from '../store/record/logTable.ts';
import { openReader } from '../store/openDatabase.ts';
import { recordFiles, salvage } from '../store/record/RecordFile.ts';
import { toStoreError } from '../store/StoreError.ts';

type Followed = { count: number; breakAt: string | undefined; holes: string[] };

/**
 * Follows the hash chains through entries and returns the first entry that does not fit. With `mayHaveHoles`, missing
 * numbers are only listed.
 */
function follow(entries: Iterable<LogEntry>, chain: LogChain, mayHaveHoles: boolean): Followed {
  const followed: Followed = { count: 0, breakAt: undefined, holes: [] };
  for (const entry of entries) {
    const reached = chain.heads()[entry.sequence]?.seq ?? 0;
    const isHole = mayHaveHoles && entry.seq > reached + 1;
    if (isHole) followed.holes.push(`${entry.sequence}:${reached + 1} to ${entry.seq - 1}`);
    else if (!chain.fits(entry)) return { ...followed, breakAt: entryId(entry) };
    chain.follow(entry, Number.POSITIVE_INFINITY);
    followed.count++;
  }
  return followed;
}

const broken = (file: string, id: string): string =>
  `The operators' record ${file} does not hold together at entry ${id}: it was altered or damaged there.`;

/** The file that the record is written to: it must be whole, and its chains must follow from its predecessors. */
function checkNewest(file: string, chain: LogChain): CheckReport {
  // SQLite takes an empty file for a new database; a record that is empty has been damaged.
  if (statSync(file).size === 0)
    return { findings: [`The operators' record ${file} is damaged: the file is empty.`], told: [] };
  const db = openReader(file);
  try {
    const findings = readIntegrity(db).map((problem) => `The operators' record ${file} is damaged: ${problem}.`);
    if (findings.length > 0) return { findings, told: [] };
    const { count, breakAt } = follow(readLog(db), chain, false);
    if (breakAt !== undefined) return { findings: [broken(file, breakAt)], told: [] };
    const ends = Object.entries(chain.heads()).map(([sequence, { seq }]) => `${sequence}:${seq}`);
    return {
      findings,
      told: [
        `The operators' record ${file} is whole: ${count} entries, and the hash chains hold${ends.length > 0 ? ` up to ${ends.join(', ')}` : ''}.`,
      ],
    };
  } finally {
    db.close();
  }
}

/**
 * Checks the record over all its numbered files, for reading only. A damaged predecessor that the record itself names
 * is reported but is no finding: it is kept as evidence, so otherwise no check could ever be clean again. The entries
 * that can still be read from it must fit into the chain.
 */
export function checkRecord(firstFile: string): CheckReport {
  const files = recordFiles(firstFile);
  const newest = files.at(-1);
  if (newest === undefined) return { findings: [`There is no operators' record ${firstFile}.`], told: [] };
  const report: CheckReport = { findings: [], told: [] };
  const chain = new LogChain();
  for (const file of files.slice(0, -1)) {
    const followed = follow(salvage(file), chain, true);
    if (followed.breakAt !== undefined) report.findings.push(broken(file, followed.breakAt));
    report.told.push(
      `${file} was damaged and is kept as it was: ${followed.count} entries of it can be read${followed.holes.length > 0 ? `, ${followed.holes.join(' and ')} are lost` : ''}; the record goes on in the next file.`,
    );
  }
  try {
    const last = checkNewest(newest, chain);
    return { findings: [...report.findings, ...last.findings], told: [...report.told, ...last.told] };
  } catch (error) {
    return {
      ...report,
      findings: [...report.findings, `The operators' record ${newest} cannot be read: ${toStoreError(error).message}.`],
    };
  }
}
