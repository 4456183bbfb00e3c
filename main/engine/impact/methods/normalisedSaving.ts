import { mean } from '../../../../shared/base/statistics/percentile.ts';
import { tWithin } from './studentT.ts';
import { fitUsage, usageAt } from './usageModel.ts';
import type { UsageModel, UsagePeriod } from './usageModel.ts';

/** What was saved against what the weather of the time after would have taken before, and how sure that is. */
export type NormalisedSaving = {
  model: UsageModel;
  /** How far the model misses the baseline: root mean square error, and mean error, as shares of the mean use. */
  cvrmse: number;
  nmbe: number;
  /** What the model expects for the time after, and what was used. */
  expected: number;
  used: number;
  saving: number;
  /** Half the width of the 90 % interval of the saving, in the unit of use. */
  halfWidth90: number;
  /** The plain comparison of mean use per day, which takes a mild winter for a success. */
  naiveShare: number;
  /** Why the plain comparison says something else, in a sentence. */
  reason: string;
  /** Conditions of the method that do not hold, a sentence each. */
  doubts: readonly string[];
};

/** CalTRACK 2.0, 4.3.2.4.6: what autocorrelation adds, by the months of the time after (Sun and Baltazar 2013). */
const daily = { a: -0.00024, b: 0.03535, d: 1.00286 };
const billing = { a: -0.00022, b: 0.03306, d: 0.94054 };
const LEVEL = 0.9;
/** CalTRACK 2.0, 2.2.1.2: of the 365 days of a baseline at most 37 may be missing. */
const FEWEST_BASELINE_DAYS = 365 - 37;
/** CalTRACK 2.0, 3.7.5.2: how far the temperatures after may go beyond those before, as a share of their span. */
const BEYOND = 0.1;
const DAYS_PER_MONTH = 30;

/** The correlation of neighbours. */
function autocorrelation(values: readonly number[]): number {
  const [before, after] = [values.slice(0, -1), values.slice(1)];
  const [middleBefore, middleAfter] = [mean(before), mean(after)];
  let [both, squaresBefore, squaresAfter] = [0, 0, 0];
  before.forEach((value, at) => {
    const [a, b] = [value - middleBefore, (after[at] ?? 0) - middleAfter];
    both += a * b;
    squaresBefore += a * a;
    squaresAfter += b * b;
  });
  const product = Math.sqrt(squaresBefore * squaresAfter);
  return product === 0 ? 0 : both / product;
}

const totalDays = (periods: readonly UsagePeriod[]): number =>
  periods.reduce((sum, { temperaturesF }) => sum + temperaturesF.length, 0);
const total = (periods: readonly UsagePeriod[], perDay: (period: UsagePeriod) => number): number =>
  periods.reduce((sum, period) => sum + perDay(period) * period.temperaturesF.length, 0);

/** The absolute uncertainty of the saving at 90 %, as the reference implementation of CalTRACK computes it. */
function halfWidth(
  before: readonly UsagePeriod[],
  after: readonly UsagePeriod[],
  model: UsageModel,
  rmse: number,
): number {
  const isDaily = before.every(({ temperaturesF }) => temperaturesF.length === 1);
  const { a, b, d } = isDaily ? daily : billing;
  const months = totalDays(after) / DAYS_PER_MONTH;
  const periodsAfter = isDaily ? after.length : Math.round(months);
  const lag = autocorrelation(model.residuals);
  const effective = (before.length * (1 - lag)) / (1 + lag);
  const spread = ((before.length / effective) * (1 + 2 / effective)) / periodsAfter;
  return (
    before.length *
    tWithin(LEVEL, before.length - model.variables) *
    (a * months ** 2 + b * months + d) *
    rmse *
    Math.sqrt(spread)
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function reasonOf(before: readonly UsagePeriod[], after: readonly UsagePeriod[], model: UsageModel): string {
  const expectedBefore = total(before, ({ temperaturesF }) => usageAt(model, temperaturesF)) / totalDays(before);
  const expectedAfter = total(after, ({ temperaturesF }) => usageAt(model, temperaturesF)) / totalDays(after);
  const weather = expectedAfter / expectedBefore - 1;
  return `The weather of the time after alone would have changed use by ${weather < 0 ? '−' : '+'}${percent(Math.abs(weather))}; the plain comparison takes that for an effect.`;
}

function doubtsOf(before: readonly UsagePeriod[], after: readonly UsagePeriod[], cvrmse: number): string[] {
  const ends = (periods: readonly UsagePeriod[]): [number, number] => {
    const all = periods.flatMap(({ temperaturesF }) => temperaturesF);
    return [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
  };
  const [low, high] = ends(before);
  const [lowAfter, highAfter] = ends(after);
  const reach = BEYOND * (high - low);
  const days = totalDays(before);
  return [
    ...(days < FEWEST_BASELINE_DAYS
      ? [`The baseline has ${days} days of a year; at least ${FEWEST_BASELINE_DAYS} are needed.`]
      : []),
    ...(cvrmse > 1 ? ['The model misses the baseline by more than its mean (CV(RMSE) above 100 %).'] : []),
    ...(lowAfter < low - reach || highAfter > high + reach
      ? ['The time after had temperatures beyond those of the baseline, of which the model knows nothing.']
      : []),
  ];
}

/**
 * The weather-normalised saving by CalTRACK 2.0 (IPMVP option C): a model of the baseline says what the time after
 * would have taken. Undefined where the baseline is too short for a model.
 */
export function normalisedSaving(
  before: readonly UsagePeriod[],
  after: readonly UsagePeriod[],
): NormalisedSaving | undefined {
  const model = fitUsage(before);
  if (model === undefined || after.length === 0) return undefined;
  const level = mean(before.map(({ perDay }) => perDay));
  const squares = model.residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  const rmse = Math.sqrt(squares / (before.length - model.variables));
  const expected = total(after, ({ temperaturesF }) => usageAt(model, temperaturesF));
  const used = total(after, ({ perDay }) => perDay);
  const usedBefore = total(before, ({ perDay }) => perDay) / totalDays(before);
  return {
    ...{ model, expected, used, saving: expected - used },
    cvrmse: rmse / level,
    nmbe: -mean(model.residuals) / level,
    halfWidth90: halfWidth(before, after, model, rmse),
    naiveShare: 1 - used / totalDays(after) / usedBefore,
    reason: reasonOf(before, after, model),
    doubts: doubtsOf(before, after, rmse / level),
  };
}
