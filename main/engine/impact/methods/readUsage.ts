import { mean } from '../../../../shared/base/statistics/percentile.ts';
import type { UsagePeriod } from './usageModel.ts';

/** A value of a file with the text of its time, whose first ten characters are the local day. */
export type TimedRow = { start: string; value: number };

/** A period of use that is complete, with the local day on which it began. */
export type DatedPeriod = UsagePeriod & { day: string };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** CalTRACK 2.0, 2.2.2: a day of which more than half is missing is missing. */
const LEAST_SHARE = 0.5;
/** CalTRACK 2.0, 2.2.3.4 and 2.2.3.5: billing periods outside of these days are dropped. */
const FEWEST_BILLED_DAYS = 25;
const MOST_BILLED_DAYS = 70;

/** Rows that count as days: hours of a local day are added up, and missing ones filled with the mean of the others. */
function addUpHours(rows: readonly TimedRow[]): TimedRow[] {
  const days = new Map<string, { start: string; values: number[]; hours: number }>();
  for (const { start, value } of rows) {
    const day = days.get(start.slice(0, 10)) ?? { start, values: [], hours: 0 };
    day.hours++;
    if (!Number.isNaN(value)) day.values.push(value);
    days.set(start.slice(0, 10), day);
  }
  return [...days.values()].map(({ start, values, hours }) => ({
    start,
    value: values.length / Math.max(24, hours) < LEAST_SHARE ? Number.NaN : mean(values) * Math.max(24, hours),
  }));
}

const step = (rows: readonly TimedRow[]): number => {
  const gaps = rows.slice(1).map(({ start }, at) => Date.parse(start) - Date.parse(rows[at]?.start ?? ''));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? DAY_MS;
};

/** The mean temperature of each day of a period; undefined where one has less than half of its hours. */
function dailyMeans(hours: ReadonlyMap<number, number>, fromMs: number, toMs: number): number[] | undefined {
  const means: number[] = [];
  for (let dayMs = fromMs; dayMs < toMs - HOUR_MS; dayMs += DAY_MS) {
    const values: number[] = [];
    for (let atMs = dayMs; atMs < Math.min(dayMs + DAY_MS, toMs); atMs += HOUR_MS) {
      const value = hours.get(Math.floor(atMs / HOUR_MS));
      if (value !== undefined) values.push(value);
    }
    if (values.length < 24 * LEAST_SHARE) return undefined;
    means.push(mean(values));
  }
  return means;
}

/**
 * Joins a meter's values with hourly temperatures. A row lasts until the next one begins; hours are added up to local
 * days. Periods without a value, with the value 0 (which CalTRACK takes as missing for electricity) or without
 * temperatures are left out.
 */
export function joinWeather(meter: readonly TimedRow[], temperaturesF: readonly TimedRow[]): DatedPeriod[] {
  const hours = new Map(
    temperaturesF
      .filter(({ value }) => !Number.isNaN(value))
      .map(({ start, value }) => [Math.floor(Date.parse(start) / HOUR_MS), value]),
  );
  const rows = step(meter) < DAY_MS / 2 ? addUpHours(meter) : meter;
  const isBilled = step(rows) > 2 * DAY_MS;
  return rows.flatMap(({ start, value }, at) => {
    const next = rows[at + 1]?.start;
    const fromMs = Date.parse(start);
    const toMs = next === undefined ? fromMs + DAY_MS : Date.parse(next);
    const temperatures = dailyMeans(hours, fromMs, isBilled ? toMs : Math.min(toMs, fromMs + DAY_MS));
    if (Number.isNaN(value) || value === 0 || temperatures === undefined || temperatures.length === 0) return [];
    const days = temperatures.length;
    if (isBilled && (days < FEWEST_BILLED_DAYS || days > MOST_BILLED_DAYS)) return [];
    return [{ day: start.slice(0, 10), perDay: value / days, temperaturesF: temperatures }];
  });
}
