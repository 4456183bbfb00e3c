import { mean, percentile } from '../../base/statistics/percentile.ts';
import type { Measure } from '../measure.ts';

/** The reserve that one plans beyond the mean so as to be late once in twenty trips. */
export const bufferIndex: Measure = {
  id: 'bufferIndex',
  version: 1,
  name: 'Buffer index',
  formula: '(95th percentile − mean) ÷ mean of travel times in the peak',
  unit: '1',
  window: 'weekdays 6–9 and 16–19 of a month',
  exclusions: ['quarter hours without a measured travel time'],
  leastShare: 0.75,
  better: 'lower',
  source: 'US National ITS Architecture, performance measures; FHWA Travel Time Reliability',
};

/** The 95th percentile beyond the mean, as a share of the mean. */
export function bufferIndexOf(timesS: readonly number[]): number {
  const middle = mean(timesS);
  return (percentile(timesS, 0.95) - middle) / middle;
}
