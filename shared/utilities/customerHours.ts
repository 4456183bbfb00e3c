import { DAY_MS, HOUR_MS } from '../base/durations.ts';
import type { Quality } from '../base/quality.ts';
import { isUsable } from '../base/quality.ts';

/** A read of a meter's register; UTC ms. */
export type RegisterRead = { atMs: number; value: number; quality: Quality };
/**
 * What was used in an hour, as a customer reads it. `good`: between reads at most two hours apart; `estimated`: spread
 * evenly over a longer gap, or between estimated reads; `missing`: not known, and the use is 0.
 */
export type CustomerHour = { startMs: number; use: number; quality: 'good' | 'estimated' | 'missing' };

/** Reads this near each other say what was used in an hour. */
const NEAR_MS = 2 * HOUR_MS;
/** Over a longer gap an even spread says nothing about an hour. */
const LONGEST_GAP_MS = 7 * DAY_MS;
/** Rounding of times is no gap. */
const WHOLE = 0.999;

type Filling = CustomerHour & { knownMs: number };

/** Adds the use between two reads to the hours that lie between them, in proportion to the time. */
function spread(hours: readonly Filling[], beginMs: number, from: RegisterRead, to: RegisterRead): void {
  const gapMs = to.atMs - from.atMs;
  const isEstimated = gapMs > NEAR_MS || from.quality === 'estimated' || to.quality === 'estimated';
  for (let at = Math.max(0, Math.floor((from.atMs - beginMs) / HOUR_MS)); at < hours.length; at++) {
    const hour = hours[at];
    if (hour === undefined || hour.startMs >= to.atMs) break;
    const overlapMs = Math.min(to.atMs, hour.startMs + HOUR_MS) - Math.max(from.atMs, hour.startMs);
    if (overlapMs <= 0) continue;
    hour.use += ((to.value - from.value) * overlapMs) / gapMs;
    hour.knownMs += overlapMs;
    if (isEstimated) hour.quality = 'estimated';
  }
}

/**
 * The use of each hour from `beginMs` on until `endMs`, by the reads of a register in order of time. Reads that cannot
 * be trusted are left out; a register that fell was swapped or rolled over, and what was used in between is not known.
 * Other than on a bill, the hours of a meter that is read once per day are estimated, because a customer reads them as
 * what happened in that hour.
 */
export function customerHours(reads: readonly RegisterRead[], beginMs: number, endMs: number): CustomerHour[] {
  const hours: Filling[] = [];
  for (let startMs = beginMs; startMs + HOUR_MS <= endMs; startMs += HOUR_MS)
    hours.push({ startMs, use: 0, quality: 'good', knownMs: 0 });
  let from: RegisterRead | undefined;
  for (const to of reads) {
    if (!isUsable(to.quality)) continue;
    const gapMs = from === undefined ? 0 : to.atMs - from.atMs;
    if (from !== undefined && gapMs > 0 && gapMs <= LONGEST_GAP_MS && to.value >= from.value)
      spread(hours, beginMs, from, to);
    if (from === undefined || gapMs > 0) from = to;
  }
  return hours.map(({ knownMs, startMs, use, quality }) =>
    knownMs >= WHOLE * HOUR_MS ? { startMs, use, quality } : { startMs, use: 0, quality: 'missing' },
  );
}

/** A gallon (US) per hour, in m³: what a tap lets through that is not quite closed. */
const LEAST_LEAK_M3 = 0.003785;
const LEAK_HOURS = 24;

/**
 * The lowest use of an hour (m³) where water flowed in each of the last 24 hours, as by a leak; undefined where it did
 * not, or where an hour is not measured (Badger AquaCUE's rule).
 */
export function steadyFlowM3(hours: readonly CustomerHour[]): number | undefined {
  const last = hours.slice(-LEAK_HOURS);
  const lowest = Math.min(...last.map(({ use, quality }) => (quality === 'good' ? use : 0)));
  return last.length === LEAK_HOURS && lowest >= LEAST_LEAK_M3 ? lowest : undefined;
}
