import type { Measure } from '../measure.ts';
import { momentary } from './interruptions.ts';
import type { Interruption } from './interruptions.ts';

/** How often the average customer lost power for moments. */
export const maifi: Measure = {
  id: 'maifi',
  version: 1,
  name: 'Momentary interruptions (MAIFI)',
  formula: 'Σ customers of interruptions of at most 5 min ÷ customers served',
  unit: 'interruptions',
  window: 'year',
  exclusions: ['sustained interruptions', 'major event days, in the second of the two figures'],
  leastShare: 0.9,
  better: 'lower',
  source: 'IEEE 1366-2012',
};

/** Momentary interruptions per customer served; days in `without` are left out. */
export const maifiOf = (
  interruptions: readonly Interruption[],
  customersServed: number,
  without?: ReadonlySet<number>,
): number => momentary(interruptions, without).reduce((sum, { customers }) => sum + customers, 0) / customersServed;
