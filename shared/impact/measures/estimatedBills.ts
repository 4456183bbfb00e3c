import type { Measure } from '../measure.ts';

/** Bills that rest on an estimate and not on a read. */
export const estimatedBills: Measure = {
  id: 'estimatedBills',
  version: 1,
  name: 'Estimated bills',
  formula: 'bills with at least one estimated read ÷ bills',
  unit: '1',
  window: 'bill run',
  exclusions: ['months without a bill run, which are named'],
  leastShare: 0.9,
  better: 'lower',
  source: 'Beacon',
};

/** The share of estimated bills; undefined where there was no bill run. */
export const estimatedShare = (estimated: number, bills: number): number | undefined =>
  bills === 0 ? undefined : estimated / bills;
