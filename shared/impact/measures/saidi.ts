import type { Measure } from '../measure.ts';
import { sustained } from './interruptions.ts';
import type { Interruption } from './interruptions.ts';

/** How long the average customer was without power. */
export const saidi: Measure = {
  id: 'saidi',
  version: 1,
  name: 'Interruption duration (SAIDI)',
  formula: 'Σ minutes × customers of sustained interruptions ÷ customers served',
  unit: 'min',
  window: 'year',
  exclusions: ['interruptions of at most 5 min', 'major event days, in the second of the two figures'],
  leastShare: 0.9,
  better: 'lower',
  source: 'IEEE 1366-2012',
};

/** Minutes per customer served; days in `without` (major event days) are left out. */
export const saidiOf = (
  interruptions: readonly Interruption[],
  customersServed: number,
  without?: ReadonlySet<number>,
): number =>
  sustained(interruptions, without).reduce((sum, { customerMinutes }) => sum + customerMinutes, 0) / customersServed;
