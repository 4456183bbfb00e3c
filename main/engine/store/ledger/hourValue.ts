import { qualityCode } from '../../../../shared/base/quality.ts';
import type { FigurePart, LedgerPoints } from './ledger.ts';

/**
 * What is kept of an hour, so that hours add up to days. For a gauge, `sum` adds up the quarter hours' sums over all
 * series, `weight` the number of series in each, and `low` and `high` are the lowest and the highest mean of a quarter
 * hour. For a counter, `sum` is the amount counted, `weight` the number of hours in which it was counted, and `low` and
 * `high` are the lowest and the highest amount of a quarter hour, converted to an amount per hour.
 */
export type HourValue = { sum: number; weight: number; low: number; high: number; present: number };

/** Sums of a quarter hour, as the telemetry cache adds them up. */
export type Quarter = { sum: number; series: number };

export const QUARTERS = 4;
/**
 * A value from less than three quarters of the data is not to be relied upon: this is the completeness rule of 40 CFR
 * 50, App. I.
 */
const COMPLETE_SHARE = 0.75;

/**
 * The value of an hour from its quarter hours; undefined where there are none. `known` is the number of series that
 * could take part. For a route it is undefined, as nobody knows how many vehicles should run, and the share is that of
 * the quarter hours with any data.
 */
export function hourOf(
  quarters: readonly Quarter[],
  isCounter: boolean,
  known: number | undefined,
): HourValue | undefined {
  const filled = quarters.filter(({ series }) => series > 0);
  if (filled.length === 0) return undefined;
  const add = (of: (quarter: Quarter) => number): number => filled.reduce((sum, quarter) => sum + of(quarter), 0);
  const levels = filled.map(({ sum, series }) => (isCounter ? sum * QUARTERS : sum / series));
  return {
    sum: add(({ sum }) => sum),
    weight: isCounter ? filled.length / QUARTERS : add(({ series }) => series),
    low: Math.min(...levels),
    high: Math.max(...levels),
    present:
      known === undefined ? filled.length / QUARTERS : Math.min(1, add(({ series }) => series) / (QUARTERS * known)),
  };
}

/** Adds a part of a figure's hour to the value known so far. */
export function withPart(known: HourValue | undefined, part: FigurePart): HourValue {
  const { sum, quarters, low, high, present } = part;
  if (known === undefined) return { sum, weight: quarters, low, high, present: Math.min(1, present) };
  return {
    sum: known.sum + sum,
    weight: known.weight + quarters,
    low: Math.min(known.low, low),
    high: Math.max(known.high, high),
    present: Math.min(1, known.present + present),
  };
}

/**
 * Joins several hours into one value. The share of data is relative to `hours`, the number of hours that there should
 * be.
 */
export function joinHours(values: readonly HourValue[], hours: number): HourValue | undefined {
  if (values.length === 0) return undefined;
  return {
    sum: values.reduce((sum, value) => sum + value.sum, 0),
    weight: values.reduce((sum, value) => sum + value.weight, 0),
    low: Math.min(...values.map(({ low }) => low)),
    high: Math.max(...values.map(({ high }) => high)),
    present: values.reduce((sum, value) => sum + value.present, 0) / hours,
  };
}

export function addPoint(
  points: LedgerPoints,
  startMs: number,
  endMs: number,
  { sum, weight, low, high, present }: HourValue,
  isCounter: boolean,
): void {
  points.startMs.push(startMs);
  points.endMs.push(endMs);
  points.mean.push(sum / weight);
  points.low.push(low);
  points.high.push(high);
  points.sum.push(isCounter ? sum : sum / QUARTERS);
  points.present.push(present);
  points.quality.push(present >= COMPLETE_SHARE ? qualityCode.good : qualityCode.suspect);
}

export const noPoints = (): LedgerPoints => ({
  startMs: [],
  endMs: [],
  mean: [],
  low: [],
  high: [],
  sum: [],
  present: [],
  quality: [],
});
