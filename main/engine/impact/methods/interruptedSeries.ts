import { mean } from '../../../../shared/base/statistics/percentile.ts';
import { median, robustSpread } from '../../../../shared/base/statistics/robust.ts';
import { ofLogs } from './effect.ts';
import type { Effect, NoEffect } from './effect.ts';
import { leastSquares } from './leastSquares.ts';
import { effectiveFreedom, weeklyError } from './neweyWest.ts';
import { smallestEffect } from './smallestEffect.ts';
import { weekOf, weeksOf } from './weeks.ts';
import type { Change, DayValue, Week } from './weeks.ts';

const YEAR_DAYS = 365.25;
/** Rule of thumb of the literature: at least eight points on either side. */
const FEWEST_WEEKS = 8;
/** A season and a change can be separated only by a year of it. */
const FEWEST_FOR_SEASON = 50;
const UNUSUAL = 4;

/** What else is known of a place. */
export type Known = {
  /** The weather, or another series that the change cannot have moved. */
  covariates?: readonly (readonly DayValue[])[];
  /** Days from which on another sensor measured. */
  sensorDays?: readonly number[];
};

/** The weekly means of a covariate at the weeks of the series; undefined where a week has none. */
function covariateColumn(covariate: readonly DayValue[], weeks: readonly Week[], change: Change): number[] | undefined {
  const held = new Map<string, number[]>();
  for (const { day, value } of covariate) {
    const place = weekOf(day, change);
    if (place === undefined) continue;
    const key = `${place.isAfter} ${place.week}`;
    const values = held.get(key) ?? [];
    values.push(value);
    held.set(key, values);
  }
  const column = weeks.map(({ isAfter, week }) => mean(held.get(`${isAfter} ${week}`) ?? []));
  const middle = mean(column);
  return column.some(Number.isNaN) ? undefined : column.map((value) => value - middle);
}

/** The columns of the model: a level, the change (at 1), the course of time, the season, and what else is known. */
export function seriesColumns(weeks: readonly Week[], change: Change, known: Known): number[][] {
  const years = weeks.map(({ day }) => (day - change.startDay) / YEAR_DAYS);
  const before = weeks.filter(({ isAfter }) => !isAfter).length;
  const wave = (of: (angle: number) => number, times: number): number[] =>
    years.map((year) => of(2 * Math.PI * times * year));
  const season = before >= FEWEST_FOR_SEASON ? [wave(Math.sin, 1), wave(Math.cos, 1)] : [];
  const more = before >= 2 * FEWEST_FOR_SEASON ? [wave(Math.sin, 2), wave(Math.cos, 2)] : [];
  const sensors = (known.sensorDays ?? []).map((sensorDay) => weeks.map(({ day }) => (day >= sensorDay ? 1 : 0)));
  const covariates = (known.covariates ?? []).flatMap((covariate) => {
    const column = covariateColumn(covariate, weeks, change);
    return column === undefined ? [] : [column];
  });
  return [
    weeks.map(() => 1),
    weeks.map(({ isAfter }) => (isAfter ? 1 : 0)),
    years,
    ...season,
    ...more,
    ...covariates,
    ...sensors,
  ];
}

/** Weeks before the change that the model misses by far, such as those of a strike or a flood. */
function unusualWeeks(weeks: readonly Week[], residuals: readonly number[]): string[] {
  const spread = robustSpread(residuals, median(residuals));
  const far = weeks.filter((_, at) => Math.abs(residuals[at] ?? 0) > UNUSUAL * spread);
  return far.map(
    ({ day }) => `The week of ${new Date(Math.round(day) * 86_400_000).toISOString().slice(0, 10)} is far from usual.`,
  );
}

/** Ends the series at the first change of a sensor after the start, which would look like an effect. */
function cutAtSensor(series: readonly DayValue[], change: Change, sensorDays: readonly number[]): DayValue[] {
  const first = Math.min(...sensorDays.filter((day) => day >= change.startDay));
  return series.filter(({ day }) => day < first);
}

/**
 * The effect of a change on one series by an interrupted time series: what the level, the course, the season and the
 * weather before it would have led to is compared with what came, with errors that hold for correlated weeks.
 */
export function interruptedSeries(series: readonly DayValue[], change: Change, known: Known = {}): Effect | NoEffect {
  const sensorDays = known.sensorDays ?? [];
  const used = cutAtSensor(series, change, sensorDays);
  const weeks = weeksOf(used, change);
  if (weeks === undefined) return { fault: 'The series has values that are not above zero, which have no ratio.' };
  const after = weeks.filter(({ isAfter }) => isAfter).length;
  const before = weeks.length - after;
  if (before < FEWEST_WEEKS || after < FEWEST_WEEKS)
    return { fault: `There are ${before} weeks before and ${after} after; at least ${FEWEST_WEEKS} are needed.` };
  const earlier = sensorDays.filter((day) => day < change.startDay);
  const columns = seriesColumns(weeks, change, { ...known, sensorDays: earlier });
  const fit = leastSquares(
    columns,
    weeks.map(({ value }) => value),
  );
  if (fit === undefined) return { fault: 'The effect cannot be told from the season, the weather or a sensor.' };
  const doubts = [
    ...(before < FEWEST_FOR_SEASON ? [`There are only ${before} weeks before: the season is unknown.`] : []),
    ...(used.length < series.length ? ['A sensor was changed after the start; what came then is left out.'] : []),
    ...unusualWeeks(weeks, fit.residuals),
  ];
  return ofLogs(
    { method: 'interruptedSeries', before, after, doubts },
    fit.coefficients[1] ?? 0,
    weeklyError(fit, columns, 1),
    effectiveFreedom(fit),
  );
}

/**
 * The smallest effect that this method would see, as a difference of logarithms, from what is known before the change:
 * the weeks after it are taken to be complete, with the weather of the series given.
 */
export function smallestInSeries(series: readonly DayValue[], change: Change, known: Known = {}): number | undefined {
  const weeks = weeksOf(cutAtSensor(series, change, known.sensorDays ?? []), change);
  if (weeks === undefined) return undefined;
  const earlier = (known.sensorDays ?? []).filter((day) => day < change.startDay);
  const isBefore = weeks.map(({ isAfter }) => !isAfter);
  return smallestEffect(
    seriesColumns(weeks, change, { ...known, sensorDays: earlier }),
    isBefore,
    weeks.filter(({ isAfter }) => !isAfter).map(({ value }) => value),
  );
}
