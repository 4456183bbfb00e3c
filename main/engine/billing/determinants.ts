import type { Determinants } from './computeBill.ts';
import type { MeterDay, Method } from '../store/ledger/meterDays.ts';

/** The determinants of a period, and the share of its hours that is known by each method. */
export type PeriodUse = Determinants & { share: Record<Method, number> };

const HOURS_OF_DAY = 24;

/** Adds up days. `days`: of the period; days that are not known count as missing. */
export function determinantsOf(known: readonly MeterDay[], days: number): PeriodUse {
  const hours = { actual: 0, linear: 0, likeDays: 0, missing: 0 };
  const windows: number[] = [];
  let [use, peakKw] = [0, 0];
  for (const day of known) {
    use += day.use;
    peakKw = Math.max(peakKw, day.peakKw);
    for (const [at, part] of day.windows.entries()) windows[at] = (windows[at] ?? 0) + part;
    for (const method of Object.keys(hours) as Method[]) hours[method] += day.hours[method];
  }
  hours.missing += Math.max(0, days - known.length) * HOURS_OF_DAY;
  const all = Math.max(1, hours.actual + hours.linear + hours.likeDays + hours.missing);
  const share = {
    ...{ actual: hours.actual / all, linear: hours.linear / all },
    ...{ likeDays: hours.likeDays / all, missing: hours.missing / all },
  };
  return { days, use, windows, peakKw, leakUse: 0, share };
}
