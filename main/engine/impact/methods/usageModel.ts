import { mean } from '../../../../shared/base/statistics/percentile.ts';
import { leastSquares } from './leastSquares.ts';

/**
 * What was used over a day or a billing period, beside the mean outdoor temperature of each of its days, in degrees
 * Fahrenheit, in which the method gives its balance points.
 */
export type UsagePeriod = { perDay: number; temperaturesF: readonly number[] };

type Slope = { balanceF: number; perDegreeDay: number };

/** How use follows from the weather: a base load, and what each degree of heating and cooling adds. */
export type UsageModel = {
  base: number;
  heating: Slope | undefined;
  cooling: Slope | undefined;
  adjustedR2: number;
  /** Explanatory variables beside the base load. */
  variables: number;
  residuals: readonly number[];
};

/** CalTRACK 2.0, 3.2: balance points from 30 to 90 °F; the grid is finer than the coarsest allowed of 3 °F. */
const LOWEST_F = 30;
const HIGHEST_F = 90;
/** CalTRACK 2.0, 3.2.2.2: a balance point needs this many days with degree days, and this many degree days. */
const FEWEST_DAYS = 10;
const FEWEST_DEGREE_DAYS = 20;

const heatingDays = (temperaturesF: readonly number[], balanceF: number): number =>
  mean(temperaturesF.map((temperatureF) => Math.max(0, balanceF - temperatureF)));
const coolingDays = (temperaturesF: readonly number[], balanceF: number): number =>
  mean(temperaturesF.map((temperatureF) => Math.max(0, temperatureF - balanceF)));

type Feature = { balanceF: number; column: readonly number[] };

/** The degree days of each balance point that has enough of them. */
function features(periods: readonly UsagePeriod[], of: typeof heatingDays, isDaily: boolean): Feature[] {
  const found: Feature[] = [];
  for (let balanceF = LOWEST_F; balanceF <= HIGHEST_F; balanceF++) {
    const column = periods.map(({ temperaturesF }) => of(temperaturesF, balanceF));
    const days = column.filter((value) => value > 0).length;
    const total = column.reduce((sum, value, at) => sum + value * (periods[at]?.temperaturesF.length ?? 0), 0);
    if (total >= FEWEST_DEGREE_DAYS && (days >= FEWEST_DAYS || !isDaily)) found.push({ balanceF, column });
  }
  return found;
}

/**
 * Fits the models of CalTRACK 2.0 (section 3, daily and billing methods) to a baseline and returns the one with the
 * highest adjusted R² among those without a negative coefficient. Periods of several days are weighted by their days.
 * Undefined where there are too few periods.
 */
export function fitUsage(periods: readonly UsagePeriod[]): UsageModel | undefined {
  const y = periods.map(({ perDay }) => perDay);
  const days = periods.map(({ temperaturesF }) => temperaturesF.length);
  const isDaily = days.every((count) => count === 1);
  const weights = isDaily ? undefined : days;
  const ones = y.map(() => 1);
  const plain = leastSquares([ones], y, weights);
  if (plain === undefined) return undefined;
  const base: UsageModel = {
    ...{ base: plain.coefficients[0] ?? 0, heating: undefined, cooling: undefined },
    ...{ adjustedR2: 0, variables: 0, residuals: plain.residuals },
  };
  let best = base;
  const consider = (heating: Feature | undefined, cooling: Feature | undefined): void => {
    const chosen = [heating, cooling].filter((feature) => feature !== undefined);
    const fit = leastSquares([ones, ...chosen.map(({ column }) => column)], y, weights);
    if (fit === undefined || fit.coefficients.some((value) => value < 0)) return;
    const variables = chosen.length;
    const adjustedR2 = 1 - fit.squares / (y.length - variables - 1) / (plain.squares / (y.length - 1));
    if (adjustedR2 <= best.adjustedR2) return;
    const [first = 0, ...slopes] = fit.coefficients;
    const slope = (feature: Feature | undefined, perDegreeDay = 0): Slope | undefined =>
      feature && { balanceF: feature.balanceF, perDegreeDay };
    best = {
      ...{ base: first, adjustedR2, variables, residuals: fit.residuals },
      heating: slope(heating, slopes[0]),
      cooling: slope(cooling, slopes.at(-1)),
    };
  };
  const [warm, cold] = [features(periods, heatingDays, isDaily), features(periods, coolingDays, isDaily)];
  for (const heating of warm) consider(heating, undefined);
  for (const cooling of cold) consider(undefined, cooling);
  for (const heating of warm)
    for (const cooling of cold) if (cooling.balanceF >= heating.balanceF) consider(heating, cooling);
  return best;
}

/** What a model expects per day at these days' temperatures. */
export function usageAt({ base, heating, cooling }: UsageModel, temperaturesF: readonly number[]): number {
  return (
    base +
    (heating === undefined ? 0 : heating.perDegreeDay * heatingDays(temperaturesF, heating.balanceF)) +
    (cooling === undefined ? 0 : cooling.perDegreeDay * coolingDays(temperaturesF, cooling.balanceF))
  );
}
