import type { Measure } from '../measure.ts';
import { sustained } from './interruptions.ts';
import type { Interruption } from './interruptions.ts';

/** How long an interruption lasts for those who have one. */
export const caidi: Measure = {
  id: 'caidi',
  version: 1,
  name: 'Time to restore (CAIDI)',
  formula: 'SAIDI ÷ SAIFI',
  unit: 'min',
  window: 'year',
  exclusions: ['interruptions of at most 5 min', 'major event days, in the second of the two figures'],
  leastShare: 0.9,
  better: 'lower',
  source: 'IEEE 1366-2012',
};

/** Minutes per interrupted customer; NaN where nobody was interrupted. */
export function caidiOf(interruptions: readonly Interruption[], without?: ReadonlySet<number>): number {
  const counted = sustained(interruptions, without);
  const sum = (of: (one: Interruption) => number): number => counted.reduce((all, one) => all + of(one), 0);
  return sum(({ customerMinutes }) => customerMinutes) / sum(({ customers }) => customers);
}
