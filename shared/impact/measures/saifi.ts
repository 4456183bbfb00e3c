import type { Measure } from '../measure.ts';
import { sustained } from './interruptions.ts';
import type { Interruption } from './interruptions.ts';

/** How often the average customer lost power. */
export const saifi: Measure = {
  id: 'saifi',
  version: 1,
  name: 'Interruption frequency (SAIFI)',
  formula: 'Σ customers of sustained interruptions ÷ customers served',
  unit: 'interruptions',
  window: 'year',
  exclusions: ['interruptions of at most 5 min', 'major event days, in the second of the two figures'],
  leastShare: 0.9,
  better: 'lower',
  source: 'IEEE 1366-2012',
};

/** Sustained interruptions per customer served; days in `without` are left out. */
export const saifiOf = (
  interruptions: readonly Interruption[],
  customersServed: number,
  without?: ReadonlySet<number>,
): number => sustained(interruptions, without).reduce((sum, { customers }) => sum + customers, 0) / customersServed;
