import { createLocalDays } from '../../../shared/base/localDays.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Steps shorter than a day, in milliseconds. */
const steps = [10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS];
/** Steps in days. Weeks begin on Mondays: 1970-01-05 was the first. */
const daySteps = [1, 2, 7];
const FIRST_MONDAY = 4;
/** Steps in months. */
const monthSteps = [1, 3, 6, 12, 60];
const MONTH_DAYS = 30;
/** The most ticks of a chart: beside an alarm it is about 300 px wide, and a date takes 60. */
const MOST_TICKS = 5;

/** A tick of the time axis; what begins there decides how it is labelled. */
export type TimeTick = { atMs: number; begins: 'time' | 'day' | 'month' | 'year' };

/** Round local times within the range: whole hours, days, weeks or months of the county, not of the browser. */
export function timeTicks(fromMs: number, toMs: number, timeZone: string): TimeTick[] {
  const spanMs = toMs - fromMs;
  const stepMs = steps.find((step) => spanMs / step <= MOST_TICKS);
  if (stepMs !== undefined) return clockTicks(fromMs, toMs, stepMs, timeZone);
  const stepDays = daySteps.find((step) => spanMs / (step * DAY_MS) <= MOST_TICKS);
  return stepDays === undefined ? monthTicks(fromMs, toMs, timeZone) : dayTicks(fromMs, toMs, stepDays, timeZone);
}

/** Ticks of less than a day. When the clocks change within the range, the last offset from UTC is used. */
function clockTicks(fromMs: number, toMs: number, stepMs: number, timeZone: string): TimeTick[] {
  const offsetMs = zoneOffsetMs(timeZone, toMs);
  const ticks: TimeTick[] = [];
  for (let localMs = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs; localMs - offsetMs <= toMs; localMs += stepMs)
    ticks.push({ atMs: localMs - offsetMs, begins: localMs % DAY_MS === 0 ? 'day' : 'time' });
  return ticks;
}

function dayTicks(fromMs: number, toMs: number, stepDays: number, timeZone: string): TimeTick[] {
  const { dayOf, startMs } = createLocalDays(timeZone);
  const ticks: TimeTick[] = [];
  for (let day = dayOf(fromMs); startMs(day) <= toMs; day++)
    if (startMs(day) >= fromMs && (day - FIRST_MONDAY) % stepDays === 0)
      ticks.push({ atMs: startMs(day), begins: 'day' });
  return ticks;
}

function monthTicks(fromMs: number, toMs: number, timeZone: string): TimeTick[] {
  const { dayOf, startMs } = createLocalDays(timeZone);
  const months = (toMs - fromMs) / (MONTH_DAYS * DAY_MS);
  const step = monthSteps.find((each) => months / each <= MOST_TICKS) ?? 60;
  const first = new Date(dayOf(fromMs) * DAY_MS);
  const ticks: TimeTick[] = [];
  for (let month = first.getUTCFullYear() * 12 + first.getUTCMonth(); ; month++) {
    if (month % step !== 0) continue;
    const atMs = startMs(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS);
    if (atMs > toMs) return ticks;
    if (atMs >= fromMs) ticks.push({ atMs, begins: month % 12 === 0 ? 'year' : 'month' });
  }
}

/** The milliseconds to add to UTC to get local time. */
function zoneOffsetMs(timeZone: string, atMs: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs);
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  const localMs = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return localMs - Math.floor(atMs / 1000) * 1000;
}
