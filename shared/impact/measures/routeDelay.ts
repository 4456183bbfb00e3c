import type { Measure } from '../measure.ts';

/** How late the vehicles of a route are on average. */
export const routeDelay: Measure = {
  id: 'routeDelay',
  version: 1,
  name: 'Delay of a route',
  formula: 'mean delay of the vehicles of a route behind their timetable',
  unit: 's',
  window: 'day, by route',
  exclusions: ['hours with less than three quarters of the data'],
  leastShare: 0.75,
  better: 'lower',
  source: 'Beacon',
  ledger: { scope: 'route', measure: 'delayS' },
};
