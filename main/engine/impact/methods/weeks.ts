import { mean } from '../../../../shared/base/statistics/percentile.ts';

/** The value of a local day, numbered since 1970-01-01. */
export type DayValue = { day: number; value: number };

/** When a change happens: its first day, and the first day after the change-over, which is left out. */
export type Change = { startDay: number; afterDay: number };

/** A week that lies wholly before or after a change, counted from it. `value` is in logarithms. */
export type Week = { week: number; day: number; isAfter: boolean; value: number };

/** The first day of a place in the week before or after a change; undefined during the change-over. */
export function weekOf(day: number, { startDay, afterDay }: Change): { week: number; isAfter: boolean } | undefined {
  if (day >= afterDay) return { week: Math.floor((day - afterDay) / 7), isAfter: true };
  return day < startDay ? { week: Math.floor((day - startDay) / 7), isAfter: false } : undefined;
}

const DAYS = 7;
const FEWEST_DAYS = 4;
const FEWEST_OF_A_WEEKDAY = 4;

/** How each weekday differs from the others before the change; 0 where there are too few days. */
function weekdayParts(logs: readonly DayValue[], startDay: number): number[] {
  const before = logs.filter(({ day }) => day < startDay);
  const parts = Array.from({ length: DAYS }, (_, weekday) =>
    before.filter(({ day }) => day % DAYS === weekday).map(({ value }) => value),
  );
  if (parts.some((values) => values.length < FEWEST_OF_A_WEEKDAY)) return Array<number>(DAYS).fill(0);
  const means = parts.map(mean);
  const middle = mean(means);
  return means.map((value) => value - middle);
}

/**
 * The weeks of a series of days: means of logarithms without what belongs to the weekday, so that a week that lacks its
 * Sunday is comparable. Weeks with fewer than four days are left out. Undefined where a value is not above zero.
 */
export function weeksOf(series: readonly DayValue[], change: Change): Week[] | undefined {
  if (series.some(({ value }) => !(value > 0))) return undefined;
  const logs = series.map(({ day, value }) => ({ day, value: Math.log(value) }));
  const parts = weekdayParts(logs, change.startDay);
  const weeks = new Map<string, { week: number; isAfter: boolean; days: number[]; values: number[] }>();
  for (const { day, value } of logs) {
    const place = weekOf(day, change);
    if (place === undefined) continue;
    const key = `${place.isAfter} ${place.week}`;
    const held = weeks.get(key) ?? { ...place, days: [], values: [] };
    held.days.push(day);
    held.values.push(value - (parts[day % DAYS] ?? 0));
    weeks.set(key, held);
  }
  return [...weeks.values()]
    .filter(({ values }) => values.length >= FEWEST_DAYS)
    .map(({ week, isAfter, days, values }) => ({ week, isAfter, day: mean(days), value: mean(values) }))
    .sort((a, b) => a.day - b.day);
}
