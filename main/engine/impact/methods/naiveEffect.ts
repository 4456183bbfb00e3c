import { mean } from '../../../../shared/base/statistics/percentile.ts';
import { ofDifference } from './effect.ts';
import type { Effect, NoEffect } from './effect.ts';
import type { Change, DayValue } from './weeks.ts';

const variance = (values: readonly number[]): number => {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
};

/**
 * The plain comparison of the days before and after, as if days were independent and nothing else had changed (Welch's
 * test). It is shown beside every result, to be seen where it misleads.
 */
export function naiveEffect(series: readonly DayValue[], { startDay, afterDay }: Change): Effect | NoEffect {
  const before = series.filter(({ day }) => day < startDay).map(({ value }) => value);
  const after = series.filter(({ day }) => day >= afterDay).map(({ value }) => value);
  if (before.length < 2 || after.length < 2) return { fault: 'There are no days before, or none after.' };
  const level = mean(before);
  if (!(level > 0)) return { fault: 'The mean before is not above zero, so no change is a share of it.' };
  const [a, b] = [variance(before) / before.length, variance(after) / after.length];
  const freedom = (a + b) ** 2 / (a ** 2 / (before.length - 1) + b ** 2 / (after.length - 1));
  return ofDifference(
    { method: 'naive', before: before.length, after: after.length, doubts: [] },
    mean(after) - level,
    Math.sqrt(a + b),
    Number.isFinite(freedom) ? freedom : 1,
    level,
  );
}
