import type { Measure } from '../measure.ts';

/** The time that vehicles lose against free flow. */
export const trafficDelay: Measure = {
  id: 'trafficDelay',
  version: 1,
  name: 'Traffic delay',
  formula: 'Σ flow × length × max(0, 1/speed − 1/free-flow speed), over the links with detectors',
  unit: 'veh·h/h',
  window: 'hour',
  exclusions: ['links without a fresh, usable detector'],
  leastShare: 0.75,
  better: 'lower',
  source: 'FHWA Urban Congestion Report, documentation and definitions',
  ledger: { scope: 'figure', measure: 'trafficDelay' },
};
