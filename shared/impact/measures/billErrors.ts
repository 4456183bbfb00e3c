import type { Measure } from '../measure.ts';

/** Wrong bills that were found before or after they were sent. */
export const billErrors: Measure = {
  id: 'billErrors',
  version: 1,
  name: 'Errors per 1,000 bills',
  formula: '1,000 × bills that were corrected or held back ÷ bills',
  unit: 'per 1,000',
  window: 'bill run',
  exclusions: ['months without a bill run, which are named'],
  leastShare: 0.9,
  better: 'lower',
  source: 'Beacon',
};

/** Errors per 1,000 bills; undefined where there was no bill run. */
export const errorsPerThousand = (errors: number, bills: number): number | undefined =>
  bills === 0 ? undefined : (1000 * errors) / bills;
