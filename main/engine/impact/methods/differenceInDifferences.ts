import { mean } from '../../../../shared/base/statistics/percentile.ts';
import { median } from '../../../../shared/base/statistics/robust.ts';
import { ofLogs } from './effect.ts';
import type { Effect, NoEffect } from './effect.ts';
import { leastSquares } from './leastSquares.ts';
import { effectiveFreedom, weeklyError } from './neweyWest.ts';
import { smallestEffect } from './smallestEffect.ts';
import { twoSidedChance } from './studentT.ts';
import { weeksOf } from './weeks.ts';
import type { Change, DayValue, Week } from './weeks.ts';

/** A place that had no change, to compare with. */
export type Candidate = { id: string; series: readonly DayValue[] };

const FEWEST_WEEKS = 8;
const LEAST_SHARE = 0.8;
const MOST_COMPARED = 5;
const FAR = 4;

type Compared = { id: string; values: ReadonlyMap<string, number>; spread: number; moved: number };
const keyOf = ({ isAfter, week }: Week): string => `${isAfter} ${week}`;

const spreadOf = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

/** How a candidate went beside the place before the change; undefined where it lacks too many weeks. */
function compare(place: readonly Week[], { id, series }: Candidate, change: Change): Compared | undefined {
  const weeks = weeksOf(series, change);
  if (weeks === undefined) return undefined;
  const level = mean(weeks.filter(({ isAfter }) => !isAfter).map(({ value }) => value));
  const values = new Map(weeks.map((week) => [keyOf(week), week.value - level]));
  const shared = place.filter((week) => values.has(keyOf(week)));
  if (shared.length < LEAST_SHARE * place.length) return undefined;
  const apart = (isAfter: boolean): number[] =>
    shared.filter((week) => week.isAfter === isAfter).map((week) => week.value - (values.get(keyOf(week)) ?? 0));
  const before = apart(false);
  return { id, values, spread: spreadOf(before), moved: mean(apart(true)) - mean(before) };
}

/**
 * The candidates whose course before the change was most like the place's: those with the smallest spread of the
 * difference. What came after the change has no say in the choice.
 */
function chooseLike(place: readonly Week[], candidates: readonly Candidate[], change: Change): Compared[] {
  return candidates
    .flatMap((candidate) => compare(place, candidate, change) ?? [])
    .sort((a, b) => a.spread - b.spread)
    .slice(0, MOST_COMPARED);
}

/** The weeks' differences between the place and the median of those compared, which one of them alone cannot move. */
export function differencesOf(
  place: readonly Week[],
  chosen: readonly { values: ReadonlyMap<string, number> }[],
): Week[] {
  return place.flatMap((week) => {
    const others = chosen.flatMap(({ values }) => values.get(keyOf(week)) ?? []);
    return others.length === 0 ? [] : [{ ...week, value: week.value - median(others) }];
  });
}

/** Whether the difference drifted before the change. */
function driftDoubt(before: readonly Week[]): string[] {
  const columns = [before.map(() => 1), before.map(({ day }) => day - (before[0]?.day ?? 0))];
  const fit = leastSquares(
    columns,
    before.map(({ value }) => value),
  );
  if (fit === undefined) return [];
  const t = (fit.coefficients[1] ?? 0) / weeklyError(fit, columns, 1);
  return twoSidedChance(t, before.length - 2) < 0.01
    ? ['The place and its comparison did not go in parallel before the change.']
    : [];
}

/** Those compared that moved far from the others after the change: they may have got it, too. */
function strayDoubts(chosen: readonly Compared[]): string[] {
  const middle = median(chosen.map(({ moved }) => moved));
  return chosen
    .filter(({ moved, spread }) => Math.abs(moved - middle) > FAR * spread)
    .map(({ id }) => `${id}, which is compared with, changed by itself after the start.`);
}

/** The comparison that a plan would take: by likeness before the change. */
export function comparisonFor(
  series: readonly DayValue[],
  candidates: readonly Candidate[],
  change: Change,
): readonly string[] {
  return chooseLike(
    (weeksOf(series, change) ?? []).filter(({ isAfter }) => !isAfter),
    candidates,
    change,
  ).map(({ id }) => id);
}

/**
 * The effect of a change by difference in differences: how the place moved, less how comparable places moved that had
 * no change. It takes out what moves all of them, such as weather and demand.
 */
export function differenceInDifferences(
  series: readonly DayValue[],
  candidates: readonly Candidate[],
  change: Change,
): Effect | NoEffect {
  const place = weeksOf(series, change);
  if (place === undefined) return { fault: 'The series has values that are not above zero, which have no ratio.' };
  const chosen = chooseLike(place, candidates, change);
  if (chosen.length === 0) return { fault: 'No comparable place has data of the same weeks.' };
  const weeks = differencesOf(place, chosen);
  const before = weeks.filter(({ isAfter }) => !isAfter);
  const after = weeks.length - before.length;
  if (before.length < FEWEST_WEEKS || after < FEWEST_WEEKS)
    return {
      fault: `There are ${before.length} weeks before and ${after} after; at least ${FEWEST_WEEKS} are needed.`,
    };
  const columns = [weeks.map(() => 1), weeks.map(({ isAfter }) => (isAfter ? 1 : 0))];
  const fit = leastSquares(
    columns,
    weeks.map(({ value }) => value),
  );
  if (fit === undefined) return { fault: 'The effect cannot be told from the level.' };
  const doubts = [
    ...(chosen.length === 1
      ? ['There is one place to compare with, and what happens there looks like an effect.']
      : []),
    ...driftDoubt(before),
    ...strayDoubts(chosen),
  ];
  return ofLogs(
    { method: 'differenceInDifferences', before: before.length, after, doubts },
    fit.coefficients[1] ?? 0,
    weeklyError(fit, columns, 1),
    effectiveFreedom(fit),
  );
}

/**
 * The smallest effect that this method would see, as a difference of logarithms, by the differences before the
 * change.
 */
export function smallestInDifferences(
  series: readonly DayValue[],
  candidates: readonly Candidate[],
  change: Change,
): number | undefined {
  const place = weeksOf(series, change);
  if (place === undefined) return undefined;
  const weeks = differencesOf(place, chooseLike(place, candidates, change));
  const isBefore = weeks.map(({ isAfter }) => !isAfter);
  return smallestEffect(
    [weeks.map(() => 1), weeks.map(({ isAfter }) => (isAfter ? 1 : 0))],
    isBefore,
    weeks.filter(({ isAfter }) => !isAfter).map(({ value }) => value),
  );
}
