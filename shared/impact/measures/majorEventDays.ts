import { mean } from '../../base/statistics/percentile.ts';
import type { Measure } from '../measure.ts';

/** Days so bad that they are judged apart, so that storms hide neither progress nor neglect. */
export const majorEventDays: Measure = {
  id: 'majorEventDays',
  version: 1,
  name: 'Major event days',
  formula: 'days of a year with SAIDI > exp(α + 2.5 β); α, β: mean and standard deviation of ln(daily SAIDI)',
  unit: 'days',
  window: 'year, judged by up to five years before it',
  exclusions: ['days without an interruption are left out of α and β'],
  leastShare: 0.9,
  better: 'lower',
  source: 'IEEE 1366-2012, annex B.2',
};

/** A threshold needs the spread of at least this many days with interruptions. */
const FEWEST_DAYS = 30;

/**
 * The threshold for the year after these: minutes of SAIDI in a day. `dailySaidi`: one value per day of up to five
 * years before, days of zero included, which are left out here. Undefined of too few days.
 */
export function majorEventThreshold(dailySaidi: readonly number[]): number | undefined {
  const logs = dailySaidi.filter((minutes) => minutes > 0).map((minutes) => Math.log(minutes));
  if (logs.length < FEWEST_DAYS) return undefined;
  const alpha = mean(logs);
  const beta = Math.sqrt(logs.reduce((sum, log) => sum + (log - alpha) ** 2, 0) / (logs.length - 1));
  return Math.exp(alpha + 2.5 * beta);
}

/** The major event days of a year by a threshold of the years before it. */
export const majorEventDaysOf = (
  daily: readonly { day: number; saidiMin: number }[],
  thresholdMin: number,
): Set<number> => new Set(daily.filter(({ saidiMin }) => saidiMin > thresholdMin).map(({ day }) => day));
