import type { Measure } from '../measure.ts';

/** Started transactions that came to their end. */
export const completionRate: Measure = {
  id: 'completionRate',
  version: 1,
  name: 'Completion rate',
  formula: 'completed ÷ started transactions; a justified no is completed, giving up or an error is not',
  unit: '1',
  window: 'month, by the date of start',
  exclusions: ['saved transactions that have not expired yet'],
  leastShare: 0.9,
  better: 'higher',
  source: 'GOV.UK Service Manual, completion rate',
};

/** The share, from what was started in the period and how it ended; never above 1. NaN of none. */
export const completionShare = (started: number, completed: number): number => Math.min(1, completed / started);
