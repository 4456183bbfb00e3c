import { DAY_MS, HOUR_MS } from '../../../shared/base/durations.ts';
import { weekdayOf } from '../../../shared/base/localTime.ts';
import type { BilledRead } from '../../../main/engine/billing/meterDay.ts';
import type { Random } from '../../../simulators/random/Random.ts';
import type { Customer } from './makeUtility.ts';

/** How the season changes the use of each commodity, per period. */
const seasons = { electricity: [1, 1.25, 1.5], water: [1, 1.2, 1.7] } as const;

/** What honest customers do besides: none of it makes a wrong bill. */
function honest(commodity: 'electricity' | 'water', random: Random, days: number): (day: number) => number {
  const from = random.integer(0, days - 1);
  const kind = random.between(0, 1);
  // A holiday, a move to an empty home, guests or an electric car, the filling of a pool, and most often nothing.
  const until = from + random.integer(3, 14);
  if (kind < 0.08) return (day) => (day >= from && day < until ? (commodity === 'water' ? 0 : 0.15) : 1);
  if (kind < 0.083) return (day) => (day >= from ? 0.15 : 1);
  const more = random.between(1.2, 2.5);
  if (kind < 0.12) return (day) => (day >= from ? more : 1);
  if (kind < 0.13) return (day) => (day === from ? 5 : 1);
  return () => 1;
}

/** The use of each day of all periods, kWh or m³. */
export function usesOf(
  { meter: { commodity }, perDay }: Customer,
  periods: number,
  days: number,
  random: Random,
): number[] {
  const factor = honest(commodity, random, periods * days);
  const weekend = random.between(0.8, 1.35);
  return Array.from({ length: periods * days }, (_, day) => {
    const season = seasons[commodity][Math.floor(day / days)] ?? 1;
    const noise = Math.exp(0.25 * (random.between(-1, 1) + random.between(-1, 1)));
    const weekday = weekdayOf(day);
    const use = perDay * season * noise * factor(day) * (weekday === 0 || weekday === 6 ? weekend : 1);
    return Number(use.toFixed(3));
  });
}

/** The share of a day's use in each hour: a home's mornings and evenings. */
const hourly = Array.from({ length: 24 }, (_, hour) => 1 + 0.6 * Math.sin(((hour - 9) / 24) * 4 * Math.PI));
const whole = hourly.reduce((sum, share) => sum + share, 0);

/** Reads of a register that begins with the first day: daily, or hourly for tariffs that need hours. */
export function readsOf(uses: readonly number[], firstDay: number, isHourly: boolean): BilledRead[] {
  let value = 1000;
  const reads: BilledRead[] = [{ atMs: firstDay * DAY_MS, value, quality: 'good' }];
  for (const [at, use] of uses.entries()) {
    const startMs = (firstDay + at) * DAY_MS;
    const begin = value;
    let passed = 0;
    if (isHourly)
      for (const [hour, share] of hourly.entries()) {
        passed += share;
        value = Number((begin + (use * passed) / whole).toFixed(3));
        reads.push({ atMs: startMs + (hour + 1) * HOUR_MS, value, quality: 'good' });
      }
    else {
      value = Number((begin + use).toFixed(3));
      reads.push({ atMs: startMs + DAY_MS, value, quality: 'good' });
    }
  }
  return reads;
}
