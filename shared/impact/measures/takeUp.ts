import type { Measure } from '../measure.ts';

/** Transactions that people complete by themselves, online. */
export const takeUp: Measure = {
  id: 'takeUp',
  version: 1,
  name: 'Digital take-up',
  formula: 'transactions completed online ÷ completed by all channels; assisted ones counted apart',
  unit: '1',
  window: 'calendar month',
  exclusions: ['transactions that staff completed for a citizen are not online'],
  leastShare: 0.9,
  better: 'higher',
  source: 'GOV.UK Service Manual, digital take-up',
};

/** The shares of online and assisted transactions; NaN of none. */
export function takeUpShares(counts: { online: number; assisted: number; other: number }): {
  online: number;
  assisted: number;
} {
  const all = counts.online + counts.assisted + counts.other;
  return { online: counts.online / all, assisted: counts.assisted / all };
}
