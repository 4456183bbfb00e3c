import { QUARTER_HOUR_MS } from '../../../../shared/base/durations.ts';
import { weekdayOf } from '../../../../shared/base/localTime.ts';
import type { LocalTime } from '../../../../shared/base/localTime.ts';
import type { RequestOutput } from '../../../../shared/contract/contract.ts';
import { forecastDemand } from '../../../../shared/utilities/forecastDemand.ts';
import type { DailyBaseline } from '../kit/DailyBaseline.ts';
import type { UtilitiesState } from './UtilitiesState.ts';

const HOUR_MS = 4 * QUARTER_HOUR_MS;
/** The baseline holds two weeks. */
const PAST_HOURS = 14 * 24;
const AHEAD_HOURS = 48;

/** The mean of an hour by its quarters; NaN without any. */
function hourMean(usual: DailyBaseline, series: number, fromMs: number): number {
  const quarters = [0, 1, 2, 3].flatMap(
    (quarter) => usual.quarterMean(series, fromMs + quarter * QUARTER_HOUR_MS) ?? [],
  );
  return quarters.reduce((sum, mean) => sum + mean, 0) / quarters.length;
}

/** The hour of the local week in which a time lies, from Monday on. */
const hourOfWeek = (time: LocalTime, atMs: number): number =>
  ((weekdayOf(time.dayNumber(atMs)) + 6) % 7) * 24 + Math.floor(time.secondOfDay(atMs) / 3600);

/**
 * The demand of a zone or feeder in the next two days, from the hour that has begun on; empty before there are three
 * days of history, and undefined of anything else.
 */
export function forecastOf(
  state: UtilitiesState,
  time: LocalTime,
  zoneId: string,
  nowMs: number,
): RequestOutput<'series.forecast'> | undefined {
  const zone = state.zone(zoneId);
  if (zone === undefined) return undefined;
  const beginMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const firstMs = beginMs - PAST_HOURS * HOUR_MS;
  const hours = Float64Array.from({ length: PAST_HOURS }, (_, hour) =>
    hourMean(state.usual, zone.index, firstMs + hour * HOUR_MS),
  );
  const forecast = forecastDemand(hours, AHEAD_HOURS, hourOfWeek(time, firstMs)) ?? [];
  return {
    stepMs: HOUR_MS,
    atMs: forecast.map((_, hour) => beginMs + hour * HOUR_MS),
    value: forecast.map(({ value }) => value),
    low: forecast.map(({ low }) => low),
    high: forecast.map(({ high }) => high),
  };
}
