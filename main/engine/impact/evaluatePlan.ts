import { mean } from '../../../shared/base/statistics/percentile.ts';
import { dayOfText } from '../../../shared/impact/dayText.ts';
import type { Evaluation, PlaceSamples } from '../../../shared/impact/evaluation.ts';
import type { Finding, PlanText } from '../../../shared/impact/plan.ts';
import { netPresentValue, paybackYears, worthOf } from '../../../shared/impact/values.ts';
import type { ValuesRead } from '../../../shared/impact/values.ts';
import { differenceInDifferences, smallestInDifferences } from './methods/differenceInDifferences.ts';
import type { Effect, NoEffect } from './methods/effect.ts';
import { interruptedSeries, smallestInSeries } from './methods/interruptedSeries.ts';
import { naiveEffect } from './methods/naiveEffect.ts';
import type { Change, DayValue } from './methods/weeks.ts';

/** The values that a plan is judged by. */
export type PlanSamples = { place: PlaceSamples; comparison: readonly PlaceSamples[] };

/** What follows from a plan, its samples and the county's values, and from nothing else. */
export type Judgement = Pick<Evaluation, 'result' | 'naive' | 'amount' | 'worth'>;

const changeOf = ({ startDay, afterDay }: PlanText): Change => ({
  startDay: dayOfText(startDay),
  afterDay: dayOfText(afterDay),
});

const knownOf = ({ sensorDays }: PlanText): { sensorDays: number[] } => ({ sensorDays: sensorDays.map(dayOfText) });
const candidatesOf = ({ comparison }: PlanSamples): { id: string; series: readonly DayValue[] }[] =>
  comparison.map(({ place, samples }) => ({ id: place, series: samples }));

const plain = (found: Effect | NoEffect): Evaluation['result'] =>
  'fault' in found ? found : { ...found, doubts: [...found.doubts] };

const YEARS_VALUED = 10;

/** Judges a plan. */
export function judge(plan: PlanText, samples: PlanSamples, values: ValuesRead): Judgement {
  const series = samples.place.samples;
  const change = changeOf(plan);
  const result =
    plan.method === 'interruptedSeries'
      ? interruptedSeries(series, change, knownOf(plan))
      : differenceInDifferences(series, candidatesOf(samples), change);
  const after = mean(series.filter(({ day }) => day >= change.afterDay).map(({ value }) => value));
  const amount = 'fault' in result || !Number.isFinite(after) ? undefined : after - after / (1 + result.share);
  return {
    result: plain(result),
    naive: plain(naiveEffect(series, change)),
    ...(amount !== undefined && { amount }),
    worth:
      amount === undefined ? { fault: 'There is no effect to be worth anything.' } : worthWith(plan, amount, values),
  };
}

/** What an effect is worth per year, and whether it pays what the change cost. */
function worthWith({ measureId, cost }: PlanText, amount: number, values: ValuesRead): Evaluation['worth'] {
  const worth = worthOf(measureId, amount, values);
  if ('fault' in worth) return worth;
  const plain = { ...worth, values: [...worth.values] };
  if (cost === undefined) return plain;
  const payback = paybackYears(worth.perYear, cost);
  const rate = values !== null && 'currency' in values ? values.discountRate?.value : undefined;
  return {
    ...plain,
    ...(payback !== undefined && { paybackYears: payback }),
    ...(rate !== undefined && { netPresentValue: netPresentValue(worth.perYear, cost, YEARS_VALUED, rate) }),
  };
}

/**
 * The smallest effect that a plan would see, as a share, from its baseline: what comes after is taken to go on like the
 * end of the baseline, complete. Undefined where the baseline is too short.
 */
export function smallestOf(plan: PlanText, samples: PlanSamples): number | undefined {
  const { startDay, afterDay } = changeOf(plan);
  const lastDay = dayOfText(plan.lastDay);
  const goOn = (series: readonly DayValue[]): DayValue[] => {
    const before = series.filter(({ day }) => day < startDay);
    if (before.length === 0) return [];
    const more = Array.from({ length: lastDay - afterDay + 1 }, (_, at) => ({
      day: afterDay + at,
      value: before[before.length - 1 - (at % before.length)]?.value ?? 1,
    }));
    return [...before, ...more];
  };
  const change = { startDay, afterDay };
  const series = goOn(samples.place.samples);
  const others = candidatesOf(samples).map(({ id, series: own }) => ({ id, series: goOn(own) }));
  const found =
    plan.method === 'interruptedSeries'
      ? smallestInSeries(series, change, knownOf(plan))
      : smallestInDifferences(series, others, change);
  return found === undefined ? undefined : Math.expm1(found);
}

/** What stands in the log of a judgement. */
export function findingOf({ result, naive, amount, worth }: Judgement): Finding {
  const naiveShare = 'fault' in naive ? undefined : naive.share;
  if ('fault' in result) return { isSeen: false, fault: result.fault, ...(naiveShare !== undefined && { naiveShare }) };
  return {
    share: result.share,
    low90: result.low90,
    high90: result.high90,
    isSeen: result.isSeen,
    ...(naiveShare !== undefined && { naiveShare }),
    ...(amount !== undefined && { amount }),
    ...('perYear' in worth && { moneyPerYear: worth.perYear, currency: worth.currency }),
  };
}
