import type { TariffWindow } from '../../../shared/county/accounts.ts';
import { weekdayOf } from '../../../shared/base/localTime.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/base/durations.ts';
import { methods } from '../store/ledger/meterDays.ts';
import type { MeterDay, Method } from '../store/ledger/meterDays.ts';

/** A read of a register after its verdict. `ends`: the register ends here, and the next read continues nothing. */
export type BilledRead = { atMs: number; value: number; quality: 'good' | 'ends' };

/** The use of an hour, and how it is known. */
export type HourUse = { startMs: number; use: number; method: Method };

/** A gap up to this is filled evenly. */
const LINEAR_MS = 6 * HOUR_MS;
/** Reads this many rhythms apart lack none between them. */
const NO_GAP = 1.6;
const WORKDAY_FIRST = 1;
const WORKDAY_LAST = 5;

const middleOf = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;

/** The meter's own rhythm: the usual time between two reads, an hour at the least. */
function rhythmMs(reads: readonly BilledRead[]): number {
  const gaps = reads.slice(1).map(({ atMs }, at) => atMs - (reads[at]?.atMs ?? atMs));
  const usual = middleOf(gaps.sort((a, b) => a - b));
  return Number.isNaN(usual) ? HOUR_MS : Math.min(DAY_MS, Math.max(HOUR_MS, usual));
}

const overlapMs = (from: number, to: number, start: number, end: number): number =>
  Math.max(0, Math.min(to, end) - Math.max(from, start));

/**
 * The use of hours by the reads around them, in order of time. `starts`: where the hours begin, and where the last one
 * ends. `usual`: what the meter uses in such an hour on like days; without it long gaps are spread evenly, too.
 */
export function hoursOfUse(
  reads: readonly BilledRead[],
  starts: readonly number[],
  usual?: (startMs: number) => number,
): HourUse[] {
  const rhythm = rhythmMs(reads);
  const hours: (HourUse & { endMs: number; knownMs: number })[] = [];
  for (let at = 0; at + 1 < starts.length; at++) {
    const [startMs, endMs] = [starts[at] ?? 0, starts[at + 1] ?? 0];
    hours.push({ startMs, endMs, use: 0, knownMs: 0, method: 'actual' });
  }
  for (const [at, to] of reads.entries()) {
    const from = reads[at - 1];
    if (from === undefined || from.quality === 'ends' || to.quality === 'ends' || to.atMs <= from.atMs) continue;
    const gapMs = to.atMs - from.atMs;
    const method: Method = gapMs <= NO_GAP * rhythm ? 'actual' : gapMs <= LINEAR_MS ? 'linear' : 'likeDays';
    const weightOf = method === 'likeDays' ? likeDays(from.atMs, to.atMs, usual) : undefined;
    for (const hour of hours) {
      if (hour.endMs <= from.atMs) continue;
      if (hour.startMs >= to.atMs) break;
      const partMs = overlapMs(from.atMs, to.atMs, hour.startMs, hour.endMs);
      hour.use += (to.value - from.value) * (weightOf?.(hour.startMs, partMs) ?? partMs / gapMs);
      hour.knownMs += partMs;
      if (methods.indexOf(method) > methods.indexOf(hour.method)) hour.method = method;
    }
  }
  for (const hour of hours) if (hour.knownMs < (hour.endMs - hour.startMs) / 2) hour.method = 'missing';
  return hours;
}

/** The share of a gap's use that an hour has, by what is usual in each of the gap's hours. */
function likeDays(
  fromMs: number,
  toMs: number,
  usual: ((startMs: number) => number) | undefined,
): ((startMs: number, partMs: number) => number) | undefined {
  if (usual === undefined) return undefined;
  let whole = 0;
  for (let startMs = Math.floor(fromMs / HOUR_MS) * HOUR_MS; startMs < toMs; startMs += HOUR_MS)
    whole += Math.max(0, usual(startMs)) * overlapMs(fromMs, toMs, startMs, startMs + HOUR_MS);
  return whole > 0 ? (startMs, partMs) => (Math.max(0, usual(startMs)) * partMs) / whole : undefined;
}

/** Whether an hour of a local day lies in a window. `minute`: of the day, by the wall clock. */
function isInside({ from, to, days }: TariffWindow, day: number, minute: number): boolean {
  const isAfterMidnight = to <= from && minute < to;
  const weekday = weekdayOf(isAfterMidnight ? day - 1 : day);
  const isWorkday = weekday >= WORKDAY_FIRST && weekday <= WORKDAY_LAST;
  if (days !== 'all' && (days === 'workdays') !== isWorkday) return false;
  return to > from ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The determinants of a day by its hours. `minuteOf`: the minute of the local day at which an hour begins. */
export function meterDay(
  day: number,
  hours: readonly HourUse[],
  windows: readonly TariffWindow[],
  minuteOf: (atMs: number) => number,
): MeterDay {
  const found: MeterDay = {
    day,
    use: 0,
    windows: windows.map(() => 0),
    peakKw: 0,
    hours: { actual: 0, linear: 0, likeDays: 0, missing: 0 },
  };
  for (const { startMs, use, method } of hours) {
    found.hours[method]++;
    found.use += use;
    found.peakKw = Math.max(found.peakKw, use);
    const minute = minuteOf(startMs);
    for (const [at, window] of windows.entries())
      if (isInside(window, day, minute)) found.windows[at] = (found.windows[at] ?? 0) + use;
  }
  return found;
}
