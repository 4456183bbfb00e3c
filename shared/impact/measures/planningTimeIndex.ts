import { percentile } from '../../base/statistics/percentile.ts';
import type { Measure } from '../measure.ts';

/** The time to plan for so that one is late once in twenty trips. */
export const planningTimeIndex: Measure = {
  id: 'planningTimeIndex',
  version: 1,
  name: 'Planning time index',
  formula: '95th percentile of travel times in the peak ÷ free-flow travel time',
  unit: '1',
  window: 'weekdays 6–9 and 16–19 of a month',
  exclusions: ['quarter hours without a measured travel time'],
  leastShare: 0.75,
  better: 'lower',
  source: 'FHWA Urban Congestion Report, documentation and definitions',
};

/** The 95th percentile of travel times as a multiple of the free-flow time. */
export const planningTimeIndexOf = (timesS: readonly number[], freeFlowS: number): number =>
  percentile(timesS, 0.95) / freeFlowS;
