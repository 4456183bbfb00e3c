import { DAY_MS, HOUR_MS } from '../../../shared/base/durations.ts';
import type { LocalDays } from '../../../shared/base/localDays.ts';
import type { CustomerMeter } from '../../../shared/public/publicContract.ts';

/** By what the use is added up. */
export const steps = ['hour', 'day', 'month'] as const;
/** One of these steps. */
export type Step = (typeof steps)[number];
/**
 * The use of an hour, a local day or a month; UTC ms, kWh or m³. `estimated`: a part of it is; `incomplete`: a part is
 * not known, and the use is that of the rest.
 */
export type PeriodOfUse = { startMs: number; endMs: number; use: number; quality: 'good' | 'estimated' | 'incomplete' };

/** The first local day of the month of a local day. */
function firstOfMonth(day: number): number {
  const date = new Date(day * DAY_MS);
  return Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS);
}

/** Where the period of a moment begins. */
function startOf(step: Step, atMs: number, days: LocalDays): number {
  if (step === 'hour') return atMs;
  const day = days.dayOf(atMs);
  return days.startMs(step === 'day' ? day : firstOfMonth(day));
}

/** Adds hours up, in order of time. A period of which nothing is known is left out. */
export function addUp({ hours }: Pick<CustomerMeter, 'hours'>, step: Step, days: LocalDays): PeriodOfUse[] {
  return [...Map.groupBy(hours, ({ startMs }) => startOf(step, startMs, days))].flatMap(([startMs, own]) => {
    const known = own.filter(({ quality }) => quality !== 'missing');
    if (known.length === 0) return [];
    const endMs = (own.at(-1)?.startMs ?? startMs) + HOUR_MS;
    const isWhole = known.length * HOUR_MS >= endMs - startMs;
    const isEstimated = known.some(({ quality }) => quality === 'estimated');
    const use = known.reduce((sum, each) => sum + each.use, 0);
    return [{ startMs, endMs, use, quality: isWhole ? (isEstimated ? 'estimated' : 'good') : 'incomplete' }];
  });
}
