import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUARTER_HOUR_MS } from '../../../shared/base/durations.ts';
import { defaultPositions } from '../../../shared/alarms/positions.ts';
import type { County } from '../../../shared/county/county.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { SequenceHead } from '../../../shared/people/sequenceHead.ts';
import type { Shift } from '../../../shared/shifts/shift.ts';
import type { ShiftReport } from '../../../shared/shifts/shiftReport.ts';
import { AlarmFile } from '../alarms/AlarmFile.ts';
import { parseRaised } from '../alarms/RaisedLog.ts';
import { readCountySums } from '../store/samples/readCountySums.ts';
import type { CountySums } from '../store/samples/readCountySums.ts';
import { hiddenAlarms, positionLoads } from './alarmSources.ts';
import type { ReportSources } from './buildShiftReport.ts';
import { countyLogFile } from './CountyLog.ts';
import { parseCountyLog } from './countyLogLines.ts';
import type { CountyLine } from './countyLogLines.ts';

const sumsOf = [
  { quantity: 'registerKwh', label: 'Electricity metered', unit: 'kWh', digits: 0 },
  { quantity: 'registerM3', label: 'Water metered', unit: 'm³', digits: 0 },
] as const;

const nothing: CountySums = {
  atMs: new Float64Array(),
  sum: new Float64Array(),
  series: new Float64Array(),
  seriesKnown: 0,
};

function readSums(dataDir: string, fromMs: number, toMs: number): ShiftReport['sums'] {
  const file = join(dataDir, 'telemetry.db');
  const quarters = Math.max(1, Math.ceil(toMs / QUARTER_HOUR_MS) - Math.floor(fromMs / QUARTER_HOUR_MS));
  const whole = {
    fromMs: Math.floor(fromMs / QUARTER_HOUR_MS) * QUARTER_HOUR_MS,
    toMs: Math.ceil(toMs / QUARTER_HOUR_MS) * QUARTER_HOUR_MS,
  };
  let sums: CountySums[] = [];
  try {
    if (existsSync(file))
      sums = readCountySums(
        file,
        sumsOf.map(({ quantity }) => quantity),
        whole.fromMs,
        whole.toMs,
      );
  } catch {
    // The cache may be damaged or being replaced: then nothing is known of the sums, and the report says so.
  }
  return sumsOf.map(({ label, unit, digits }, index) => {
    const { sum, series, seriesKnown } = sums[index] ?? nothing;
    const present =
      seriesKnown === 0 ? 0 : series.reduce((total, count) => total + count, 0) / (seriesKnown * quarters);
    return {
      label,
      unit,
      digits,
      total: sum.length === 0 ? null : sum.reduce((total, part) => total + part, 0),
      present: Math.min(1, present),
    };
  });
}

/** The county log of a data folder. */
export function readCountyLines(dataDir: string): CountyLine[] {
  const file = join(dataDir, countyLogFile);
  return existsSync(file) ? parseCountyLog(readFileSync(file, 'utf8')) : [];
}

/** The last time of which anything is known; the report of a shift that is still open ends there. */
export function lastKnownMs(entries: readonly LogEntry[], lines: readonly CountyLine[]): number {
  return Math.max(
    0,
    ...entries.map(({ atMs }) => atMs),
    ...lines.map((line) => ('toMs' in line ? line.toMs : line.at)),
  );
}

export type ReportCounty = Pick<County, 'profile' | 'positions'>;
type Given = {
  dataDir: string;
  county: ReportCounty;
  shift: Shift;
  toMs: number;
  entries: readonly LogEntry[];
  heads: readonly SequenceHead[];
  countyLines: readonly CountyLine[];
};

/** Everything else that a report is made of, from the files of the data folder; an engine may be writing to them. */
export function readSources({
  dataDir,
  county: { profile, positions = defaultPositions },
  ...given
}: Given): ReportSources {
  const { shift, toMs, entries } = given;
  const period = { fromMs: shift.opened.fromMs, toMs };
  const standing = new AlarmFile(join(dataDir, 'alarms.json'), () => undefined).load();
  const times = join(dataDir, 'alarm-times.txt');
  const { sinceMs = toMs, raised } = parseRaised(existsSync(times) ? readFileSync(times, 'utf8') : '');
  return {
    ...given,
    profile,
    alarmLoad: positionLoads({ positions, period, entries, raised, sinceMs, standing }),
    hidden: hiddenAlarms(entries, period),
    standing,
    sums: readSums(dataDir, period.fromMs, toMs),
  };
}
