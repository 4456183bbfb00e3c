import type { Measure } from '../measure.ts';

/** The share of departures at timing points that are on time. */
export const onTimeShare: Measure = {
  id: 'onTimeShare',
  version: 1,
  name: 'On time',
  formula: 'vehicles from 60 s ahead of to 300 s behind their timetable ÷ vehicles with a known delay',
  unit: '1',
  window: 'hour',
  exclusions: ['vehicles without a known, fresh delay'],
  leastShare: 0.75,
  better: 'higher',
  source: 'Transit Capacity and Quality of Service Manual, on-time performance',
  ledger: { scope: 'figure', measure: 'busesOnTime' },
};

/** The share of delays within the window; NaN of none. Delays are seconds behind the timetable. */
export const onTimeShareOf = (delaysS: readonly number[], earliestS = -60, latestS = 300): number =>
  delaysS.filter((delayS) => delayS >= earliestS && delayS <= latestS).length / delaysS.length;
