import { join } from 'node:path';
import { findShift } from '../../../shared/shifts/findShift.ts';
import { foldShifts } from '../../../shared/folds/foldShifts.ts';
import type { ShiftDocument } from '../../../shared/shifts/shiftReport.ts';
import { permittedEntries } from '../log/EntryJudge.ts';
import { readRecord } from '../store/record/readRecord.ts';
import { buildShiftReport } from './buildShiftReport.ts';
import { lastKnownMs, readCountyLines, readSources } from './readSources.ts';
import type { ReportCounty } from './readSources.ts';
import { findReport, hashOfReport } from './reportShelf.ts';

/** `shiftId`: a shift's id, or the latest. */
export type DocumentOptions = { dataDir: string; county: ReportCounty; shiftId: string };

/**
 * A shift's report with its hash and its shift. A report that was signed is returned as it was signed, where it is kept
 * here; any other is made again from the files of the data folder, beside a running engine or without one. Undefined
 * where there is no such shift.
 */
export function makeDocument({ dataDir, county, shiftId }: DocumentOptions): ShiftDocument | undefined {
  const { entries: all, heads } = readRecord(join(dataDir, 'record.db'));
  const entries = permittedEntries(all);
  const shift = findShift(foldShifts(entries), shiftId);
  if (shift === undefined) return undefined;
  const kept = shift.signed === undefined ? undefined : findReport(dataDir, shift.signed.reportHash);
  if (kept !== undefined && shift.signed !== undefined) return { report: kept, hash: shift.signed.reportHash, shift };
  const countyLines = readCountyLines(dataDir);
  const toMs = shift.closed?.toMs ?? Math.max(shift.opened.fromMs, lastKnownMs(entries, countyLines));
  const report = buildShiftReport(readSources({ dataDir, county, shift, toMs, entries, heads, countyLines }));
  return { report, hash: hashOfReport(report), shift };
}
