import type { Measure } from '../measure.ts';

/** How much longer riders wait than the timetable says, where they come without looking at one. */
export const excessWait: Measure = {
  id: 'excessWait',
  version: 1,
  name: 'Excess wait',
  formula: 'Σh² ÷ 2Σh of the actual headways − the same of the scheduled ones',
  unit: 'min',
  window: 'day, by stop and route',
  exclusions: ['routes scheduled less often than every 15 min', 'headways across a gap in the data'],
  leastShare: 0.75,
  better: 'lower',
  source: 'Transport for London, excess wait time; Osuna and Newell 1972',
};

/** The mean wait of riders who come at random: long gaps meet more of them. NaN of no headways. */
export function averageWait(headways: readonly number[]): number {
  const sum = headways.reduce((all, headway) => all + headway, 0);
  const squares = headways.reduce((all, headway) => all + headway * headway, 0);
  return squares / (2 * sum);
}

/** The actual mean wait beyond the scheduled one. */
export const excessWaitOf = (actual: readonly number[], scheduled: readonly number[]): number =>
  averageWait(actual) - averageWait(scheduled);
