import type { LocalTime } from '../../../../shared/base/localTime.ts';
import { median } from '../../../../shared/base/statistics/robust.ts';
import type { DailyBaseline } from '../kit/DailyBaseline.ts';

/** The hours of least use (IWA, AWWA M36). */
const FROM_S = 2 * 3600;
const TO_S = 4 * 3600;
/** A night must have data for this many quarters of an hour to count. */
const FEWEST_QUARTERS = 6;
const FEWEST_NIGHTS = 2;
const RISE_SHARE = 0.25;
/** Half of a small service leak; less is noise. */
const LEAST_RISE_M3H = 1;

export type NightVerdict = { isLeak: boolean; lastM3h: number; usualM3h: number; nights: number };

/** Mean inflow between 02:00 and 04:00 local, m³/h, of the complete nights, oldest first. */
export function nightFlows(baseline: DailyBaseline, series: number, time: LocalTime, nowMs: number): number[] {
  const today = time.dayNumber(nowMs);
  const isNightOver = time.secondOfDay(nowMs) >= TO_S;
  return baseline
    .stretchByDay(series, FROM_S, TO_S)
    .filter(({ day, quarters }) => quarters >= FEWEST_QUARTERS && (day < today || isNightOver))
    .map(({ mean }) => mean);
}

/**
 * Whether the last night was clearly above the median of those before; undefined with fewer than two to compare with.
 */
export function judgeNight(flows: readonly number[]): NightVerdict | undefined {
  const lastM3h = flows.at(-1);
  const before = flows.slice(0, -1);
  if (lastM3h === undefined || before.length < FEWEST_NIGHTS) return undefined;
  const usualM3h = median(before);
  const isLeak = lastM3h - usualM3h > Math.max(LEAST_RISE_M3H, RISE_SHARE * usualM3h) && lastM3h > Math.max(...before);
  return { isLeak, lastM3h, usualM3h, nights: before.length };
}
