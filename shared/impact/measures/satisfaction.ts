import type { Measure } from '../measure.ts';

/** How content people are who came to an end of the service. */
export const satisfaction: Measure = {
  id: 'satisfaction',
  version: 1,
  name: 'Satisfaction',
  formula: 'answers “satisfied” or “very satisfied” of a scale of five ÷ answers; the share who answered beside it',
  unit: '1',
  window: 'month',
  exclusions: ['second answers of one person to one request'],
  leastShare: 0.05,
  better: 'higher',
  source: 'GOV.UK Service Manual, user satisfaction',
};

/** The share of the top two of five, and of those asked who answered. `counts`: answers from 1 to 5. */
export function satisfactionShares(counts: readonly number[], asked: number): { top: number; answered: number } {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return { top: ((counts[3] ?? 0) + (counts[4] ?? 0)) / all, answered: all / asked };
}
