import type { Measure } from '../measure.ts';

/** How fast traffic flows on a link. */
export const linkSpeed: Measure = {
  id: 'linkSpeed',
  version: 1,
  name: 'Speed on a link',
  formula: 'mean speed at the detectors of a link',
  unit: 'm/s',
  window: 'day, by link',
  exclusions: ['hours with less than three quarters of the data'],
  leastShare: 0.75,
  better: 'higher',
  source: 'Beacon',
  ledger: { scope: 'link', measure: 'speedMps' },
};
