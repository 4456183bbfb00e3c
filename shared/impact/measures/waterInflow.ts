import type { Measure } from '../measure.ts';

/** The water that the county's zones take. */
export const waterInflow: Measure = {
  id: 'waterInflow',
  version: 1,
  name: 'Water inflow',
  formula: 'Σ of the zones’ mean inflow by hour',
  unit: 'm³/h',
  window: 'day',
  exclusions: ['hours with less than three quarters of the zones'],
  leastShare: 0.75,
  better: 'lower',
  source: 'Beacon',
  ledger: { scope: 'figure', measure: 'waterInflow' },
};
