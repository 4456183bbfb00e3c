import { statSync } from 'node:fs';
import type { CheckReport } from './checkTelemetry.ts';
import { readIntegrity } from './damage.ts';
import { openReader } from './openDatabase.ts';
import { readEntries, recordFiles, salvage } from './RecordFile.ts';
import { GENESIS_HASH, hashOfEntry } from './recordHash.ts';
import { toStoreError } from './StoreError.ts';

/** The end of the chain so far. */
type Tip = { seq: number; hash: string };
type Entry = ReturnType<typeof salvage>[number];

type Followed = { tip: Tip; count: number; breakAt: number | undefined; holes: string[] };

/** Follows the chain through entries; tells the first that does not fit. Where `mayHaveHoles`, numbers that are missing are only named. */
function follow(entries: Iterable<Entry>, tip: Tip, mayHaveHoles: boolean): Followed {
  const followed: Followed = { tip, count: 0, breakAt: undefined, holes: [] };
  for (const entry of entries) {
    const isHole = mayHaveHoles && entry.seq > followed.tip.seq + 1;
    if (isHole) followed.holes.push(`${followed.tip.seq + 1} to ${entry.seq - 1}`);
    else if (entry.seq !== followed.tip.seq + 1 || entry.hash !== hashOfEntry(entry, followed.tip.hash)) return { ...followed, breakAt: entry.seq };
    followed.tip = entry;
    followed.count++;
  }
  return followed;
}

const broken = (file: string, seq: number): string => `The operators' record ${file} does not hold together at entry ${seq}: it was altered or damaged there.`;

/** The file that the record is written to: it must be whole, and its chain must follow from its predecessors. */
function checkNewest(file: string, tip: Tip): CheckReport {
  // SQLite takes an empty file for a new database; a record that is empty has been damaged.
  if (statSync(file).size === 0) return { findings: [`The operators' record ${file} is damaged: the file is empty.`], told: [] };
  const db = openReader(file);
  try {
    const findings = readIntegrity(db).map((problem) => `The operators' record ${file} is damaged: ${problem}.`);
    if (findings.length > 0) return { findings, told: [] };
    const { count, breakAt, tip: end } = follow(readEntries(db), tip, false);
    if (breakAt !== undefined) return { findings: [broken(file, breakAt)], told: [] };
    return { findings, told: [`The operators' record ${file} is whole: ${count} entries, and the hash chain holds up to entry ${end.seq}.`] };
  } finally {
    db.close();
  }
}

/**
 * Checks the record over all its numbered files, for reading only. A damaged predecessor that the record itself names is told and is no finding: it
 * is kept as evidence, and no check could ever be clean again. What can be read of it must still be in the chain.
 */
export function checkRecord(firstFile: string): CheckReport {
  const files = recordFiles(firstFile);
  const newest = files.at(-1);
  if (newest === undefined) return { findings: [`There is no operators' record ${firstFile}.`], told: [] };
  const report: CheckReport = { findings: [], told: [] };
  let tip: Tip = { seq: 0, hash: GENESIS_HASH };
  for (const file of files.slice(0, -1)) {
    const followed = follow(salvage(file), tip, true);
    tip = followed.tip;
    if (followed.breakAt !== undefined) report.findings.push(broken(file, followed.breakAt));
    report.told.push(`${file} was damaged and is kept as it was: ${followed.count} entries of it can be read${followed.holes.length > 0 ? `, ${followed.holes.join(' and ')} are lost` : ''}; the record goes on in the next file.`);
  }
  try {
    const last = checkNewest(newest, tip);
    return { findings: [...report.findings, ...last.findings], told: [...report.told, ...last.told] };
  } catch (error) {
    return { ...report, findings: [...report.findings, `The operators' record ${newest} cannot be read: ${toStoreError(error).message}.`] };
  }
}
