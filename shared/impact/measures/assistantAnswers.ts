import type { Measure } from '../measure.ts';

/** What the assistant did with the questions that it was asked. */
export const assistantAnswers: Measure = {
  id: 'assistantAnswers',
  version: 1,
  name: 'Assistant’s answers',
  formula: 'answered, handed over and “I do not know”, each ÷ questions',
  unit: '1',
  window: 'month',
  exclusions: ['greetings and thanks'],
  leastShare: 0.9,
  better: 'higher',
  source: 'Beacon',
};

/** The three shares, which add up to 1; NaN of no questions. */
export function assistantShares(counts: { answered: number; handedOver: number; unknown: number }): {
  answered: number;
  handedOver: number;
  unknown: number;
} {
  const all = counts.answered + counts.handedOver + counts.unknown;
  return { answered: counts.answered / all, handedOver: counts.handedOver / all, unknown: counts.unknown / all };
}
