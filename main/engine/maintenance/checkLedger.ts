import { existsSync, statSync } from 'node:fs';
import { readIntegrity } from '../store/damage.ts';
import { decodeDay } from '../store/ledger/dayCodec.ts';
import { isIntact } from '../store/ledger/dayTable.ts';
import type { DayRow } from '../store/ledger/dayTable.ts';
import { findMeterDayFaults } from '../store/ledger/meterDays.ts';
import type { Db } from '../store/openDatabase.ts';
import { checkDatabase } from './checkDatabase.ts';
import type { CheckReport } from './checkDatabase.ts';

const count = (number: number): string => number.toLocaleString('en');
const dayName = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

type CheckedRow = DayRow & { day: number; series: number; digits: number | null };

/** Checks for every day of every series whether it matches its checksum and belongs to a known series and day. */
function checkDays(db: Db): { hours: number; problems: string[] } {
  const problems: string[] = [];
  let hours = 0;
  const rows = db
    .prepare<[], CheckedRow>(
      'SELECT day, series, checksum, hours, digits FROM days LEFT JOIN series ON series.id = days.series',
    )
    .iterate();
  for (const row of rows) {
    const what = `the hours of day ${row.day} of series ${row.series}`;
    if (row.digits === null) problems.push(`${what} belong to no series`);
    else if (!isIntact(row)) problems.push(`${what} do not match their checksum`);
    else hours += decodeDay(row.hours, row.digits).filter((value) => value !== undefined).length;
  }
  return { hours, problems };
}

function checkOpened(db: Db, file: string): CheckReport {
  const integrity = readIntegrity(db);
  const { hours, problems } = integrity.length > 0 ? { hours: 0, problems: [] } : checkDays(db);
  const findings = [...integrity, ...problems, ...(integrity.length > 0 ? [] : findMeterDayFaults(db))].map(
    (problem) => `The ledger ${file} is damaged: ${problem}.`,
  );
  if (findings.length > 0) return { findings, told: [] };
  const known = db
    .prepare<[], { series: number; from: number | null; to: number | null }>(
      'SELECT (SELECT count(*) FROM series) AS series, min(start_ms) AS "from", max(end_ms) AS "to" FROM calendar',
    )
    .get();
  const span =
    known?.from === null || known?.to === null || known === undefined
      ? ''
      : `, from ${dayName(known.from)} to ${dayName(known.to)}`;
  const told = `The ledger ${file} is whole: ${count(hours)} hourly values of ${count(known?.series ?? 0)} series that match their checksums${span}.`;
  return { findings, told: [told] };
}

/**
 * Checks the whole ledger, opened read-only, beside a running engine or without one. A folder from before Beacon had
 * ledgers has none; that is not a finding.
 */
export function checkLedger(file: string): CheckReport {
  if (!existsSync(file)) return { findings: [], told: [`There is no ledger ${file} yet.`] };
  if (statSync(file).size === 0) return { findings: [`The ledger ${file} is damaged: the file is empty.`], told: [] };
  return checkDatabase(file, 'ledger', checkOpened);
}
