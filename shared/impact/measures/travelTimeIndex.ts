import { mean } from '../../base/statistics/percentile.ts';
import type { Measure } from '../measure.ts';

/** How much longer a trip takes in the peak than on an empty road. */
export const travelTimeIndex: Measure = {
  id: 'travelTimeIndex',
  version: 1,
  name: 'Travel time index',
  formula: 'mean travel time in the peak ÷ free-flow travel time',
  unit: '1',
  window: 'weekdays 6–9 and 16–19 of a month',
  exclusions: ['quarter hours without a measured travel time'],
  leastShare: 0.75,
  better: 'lower',
  source: 'FHWA Urban Congestion Report, documentation and definitions',
};

/** Mean travel time as a multiple of the free-flow time. */
export const travelTimeIndexOf = (timesS: readonly number[], freeFlowS: number): number => mean(timesS) / freeFlowS;
