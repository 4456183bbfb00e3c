import { DAY_MS, HOUR_MS, QUARTER_HOUR_MS } from '../base/durations.ts';
import { weekdayOf } from '../base/localTime.ts';
import type { LocalTime } from '../base/localTime.ts';

/** The kinds of periods for which signed shift reports are added up. */
export type PeriodKind = 'week' | 'month';
/** A week or a month for a report, `id` "2026-W23" or "2026-06", from `fromMs` until before `toMs` (UTC ms). */
export type ReportPeriod = { id: string; fromMs: number; toMs: number };

const two = (number: number): string => String(number).padStart(2, '0');

/** The date of a day number (days since 1970-01-01): year, month 1..12 and day. */
function dateOf(dayNumber: number): { year: number; month: number; day: number } {
  const date = new Date(dayNumber * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const dayNumberOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / DAY_MS;

/** When a local day begins (UTC ms). No zone is farther from UTC than 14 hours. */
function startOfDay(dayNumber: number, local: LocalTime): number {
  const guess = dayNumber * DAY_MS;
  for (let atMs = guess - 15 * HOUR_MS; atMs <= guess + 15 * HOUR_MS; atMs += QUARTER_HOUR_MS)
    if (local.dayNumber(atMs) === dayNumber) return atMs;
  return guess;
}

/**
 * The ISO week (Monday to Sunday) or the month that contains a time, by local days: its name, and where it begins and
 * ends.
 */
export function periodAround(kind: PeriodKind, atMs: number, local: LocalTime): ReportPeriod {
  const today = local.dayNumber(atMs);
  const { year, month } = dateOf(today);
  if (kind === 'month') {
    const [first, next] = [dayNumberOf(year, month, 1), dayNumberOf(year, month + 1, 1)];
    return { id: `${year}-${two(month)}`, fromMs: startOfDay(first, local), toMs: startOfDay(next, local) };
  }
  const monday = today - ((weekdayOf(today) + 6) % 7);
  const thursday = dateOf(monday + 3);
  const week = 1 + Math.floor((monday + 3 - dayNumberOf(thursday.year, 1, 1)) / 7);
  return {
    id: `${thursday.year}-W${two(week)}`,
    fromMs: startOfDay(monday, local),
    toMs: startOfDay(monday + 7, local),
  };
}

/** A time within "2026-W23" or "2026-06"; undefined where the text is neither. */
export function timeWithin(kind: PeriodKind, id: string): number | undefined {
  const [, year = '', number = ''] = (kind === 'week' ? /^(\d{4})-W(\d{2})$/ : /^(\d{4})-(\d{2})$/).exec(id) ?? [];
  if (year === '') return undefined;
  if (kind === 'month')
    return Number(number) >= 1 && Number(number) <= 12 ? Date.UTC(Number(year), Number(number) - 1, 15, 12) : undefined;
  // The week of 4 January is the first of its year, and a week is of the year of its Thursday (ISO 8601).
  const fourth = dayNumberOf(Number(year), 1, 4);
  const monday = fourth - ((weekdayOf(fourth) + 6) % 7);
  const thursday = monday + 7 * (Number(number) - 1) + 3;
  return dateOf(thursday).year === Number(year) ? thursday * DAY_MS + DAY_MS / 2 : undefined;
}
