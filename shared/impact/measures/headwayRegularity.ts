import { mean } from '../../base/statistics/percentile.ts';
import type { Measure } from '../measure.ts';

/** How even the gaps between vehicles are. */
export const headwayRegularity: Measure = {
  id: 'headwayRegularity',
  version: 1,
  name: 'Headway regularity (c_vh)',
  formula: 'standard deviation of (actual − scheduled headway) ÷ mean scheduled headway',
  unit: '1',
  window: 'day, by route and direction',
  exclusions: ['routes scheduled less often than every 15 min', 'headways across a gap in the data'],
  leastShare: 0.75,
  better: 'lower',
  source: 'Transit Capacity and Quality of Service Manual, 2nd ed., exhibit 3-30',
};

/** The coefficient of variation of headways; NaN of fewer than two pairs. */
export function headwayVariation(actual: readonly number[], scheduled: readonly number[]): number {
  const deviations = actual.map((headway, at) => headway - (scheduled[at] ?? Number.NaN));
  const middle = mean(deviations);
  const squares = deviations.reduce((sum, deviation) => sum + (deviation - middle) ** 2, 0);
  return Math.sqrt(squares / (deviations.length - 1)) / mean(scheduled);
}
