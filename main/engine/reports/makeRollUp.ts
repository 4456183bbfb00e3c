import { join } from 'node:path';
import type { CountyProfile } from '../../../shared/county/county.ts';
import { createLocalTime } from '../../../shared/base/localTime.ts';
import { LATEST } from '../../../shared/shifts/findShift.ts';
import { foldShifts } from '../../../shared/folds/foldShifts.ts';
import { periodAround, timeWithin } from '../../../shared/shifts/reportPeriod.ts';
import type { PeriodKind } from '../../../shared/shifts/reportPeriod.ts';
import { rollUp } from '../../../shared/shifts/rollUp.ts';
import type { RollUp } from '../../../shared/shifts/rollUp.ts';
import type { ShiftDocument } from '../../../shared/shifts/shiftReport.ts';
import { permittedEntries } from '../log/EntryJudge.ts';
import { readRecord } from '../store/record/readRecord.ts';
import { findReport } from './reportShelf.ts';

/** `id`: "2026-W23", "2026-06", or the latest that has a signed report. */
export type RollUpOptions = { dataDir: string; profile: CountyProfile; kind: PeriodKind; id: string };

/** The roll-up, and the shifts whose signed report is not kept here. */
export type MadeRollUp = { rollUp: RollUp; absent: string[] };

/**
 * A week or a month of the signed reports of a data folder. Undefined where `id` names no period, or where the latest
 * is asked for and nothing is signed.
 */
export function makeRollUp({ dataDir, profile, kind, id }: RollUpOptions): MadeRollUp | undefined {
  const signed = foldShifts(permittedEntries(readRecord(join(dataDir, 'record.db')).entries)).filter(
    (shift) => shift.signed !== undefined,
  );
  const atMs = id === LATEST ? signed.at(-1)?.opened.fromMs : timeWithin(kind, id);
  if (atMs === undefined) return undefined;
  const period = periodAround(kind, atMs, createLocalTime(profile.timeZone));
  const absent: string[] = [];
  const documents: ShiftDocument[] = [];
  for (const shift of signed.filter(({ opened }) => opened.fromMs >= period.fromMs && opened.fromMs < period.toMs)) {
    const hash = shift.signed?.reportHash ?? '';
    const report = findReport(dataDir, hash);
    if (report === undefined) absent.push(shift.id);
    else documents.push({ report, hash, shift });
  }
  const county = {
    id: profile.id,
    name: profile.name,
    timeZone: profile.timeZone,
    displayUnits: profile.displayUnits,
    isSimulated: profile.simulated,
  };
  return { rollUp: rollUp({ id: period.id, period, documents, county }), absent };
}
