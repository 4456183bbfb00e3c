import type { Measure } from '../measure.ts';

/** The energy that the county's feeders take. */
export const loadEnergy: Measure = {
  id: 'loadEnergy',
  version: 1,
  name: 'Electricity taken',
  formula: 'Σ of the feeders’ mean load by hour',
  unit: 'kW',
  window: 'day',
  exclusions: ['hours with less than three quarters of the feeders'],
  leastShare: 0.75,
  better: 'lower',
  source: 'Beacon',
  ledger: { scope: 'figure', measure: 'electricityLoad' },
};
