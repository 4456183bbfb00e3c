import type { Measure } from '../measure.ts';

/** What one completed transaction costs the county. */
export const costPerTransaction: Measure = {
  id: 'costPerTransaction',
  version: 1,
  name: 'Cost per transaction',
  formula: 'all fixed and variable costs without those of the start ÷ completed transactions, by channel',
  unit: 'money of the price year',
  window: 'year',
  exclusions: ['costs of building the service', 'shared costs beyond the share of this service'],
  leastShare: 0.9,
  better: 'lower',
  source: 'GOV.UK Service Manual, cost per transaction',
};

/** Money per completed transaction; undefined where none was completed. */
export const costOfOne = (fixed: number, variable: number, completed: number): number | undefined =>
  completed === 0 ? undefined : (fixed + variable) / completed;
