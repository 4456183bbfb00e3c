import { percentile } from '../../base/statistics/percentile.ts';
import type { Measure } from '../measure.ts';

/** The level of travel time reliability of a road segment. */
export const lottr: Measure = {
  id: 'lottr',
  version: 1,
  name: 'Level of travel time reliability (LOTTR)',
  formula:
    '80th ÷ 50th percentile of 15-minute travel times, the highest of weekdays 6–10, 10–16, 16–20 and weekends 6–20; reliable where all four are below 1.50',
  unit: '1',
  window: 'year',
  exclusions: ['quarter hours without a measured travel time', '20–6 o’clock'],
  leastShare: 0.75,
  better: 'lower',
  source: '23 CFR 490.511 and 490.513',
};

/** The four periods of the rule. */
export type LottrPeriod = 'morning' | 'midday' | 'evening' | 'weekend';

/** The period of a local hour; undefined at night, which the rule leaves out. `weekday`: 0 is Sunday. */
export function lottrPeriod(weekday: number, hour: number): LottrPeriod | undefined {
  if (hour < 6 || hour >= 20) return undefined;
  if (weekday === 0 || weekday === 6) return 'weekend';
  return hour < 10 ? 'morning' : hour < 16 ? 'midday' : 'evening';
}

/** The 80th as a multiple of the 50th percentile of travel times, to two digits as the rule has it. */
export const lottrOf = (timesS: readonly number[]): number =>
  Math.round((percentile(timesS, 0.8) / percentile(timesS, 0.5)) * 100) / 100;

/** Whether a segment is reliable: all four periods below 1.50. */
export const isReliable = (ratios: readonly number[]): boolean => ratios.every((ratio) => ratio < 1.5);
