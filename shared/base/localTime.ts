import { QUARTER_HOUR_MS } from './durations.ts';

/**
 * Local time of a place, fast enough to be asked for every value: the zone's offset is looked up once per quarter of an
 * hour of data.
 */
export type LocalTime = {
  /** Seconds since local midnight by the wall clock, 0..86399, also on the days on which the clock changes. */
  secondOfDay: (atMs: number) => number;
  /** Local days since 1970-01-01; consecutive days differ by 1. */
  dayNumber: (atMs: number) => number;
  /** The time of day as "14:05". */
  hourMinute: (atMs: number) => string;
};

const DAY_S = 86_400;
const MOST_KEPT = 4096;

function offsetReader(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (atMs) => {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
  };
}

/**
 * The local time of an IANA time zone. Throws a RangeError where the zone is not one of the IANA names. Zone offsets
 * change on quarters of an hour only, so one look-up serves fifteen minutes.
 */
export function createLocalTime(timeZone: string): LocalTime {
  const read = offsetReader(timeZone);
  const known = new Map<number, number>();
  let lastQuarter = Number.NaN;
  let lastOffsetMs = 0;

  const localSeconds = (atMs: number): number => {
    const quarter = Math.floor(atMs / QUARTER_HOUR_MS);
    if (quarter !== lastQuarter) {
      if (known.size > MOST_KEPT) known.clear();
      lastOffsetMs = known.get(quarter) ?? read(quarter * QUARTER_HOUR_MS);
      known.set(quarter, lastOffsetMs);
      lastQuarter = quarter;
    }
    return Math.floor((atMs + lastOffsetMs) / 1000);
  };
  const secondOfDay = (atMs: number): number => {
    const seconds = localSeconds(atMs);
    return seconds - Math.floor(seconds / DAY_S) * DAY_S;
  };
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    secondOfDay,
    dayNumber: (atMs) => Math.floor(localSeconds(atMs) / DAY_S),
    hourMinute: (atMs) =>
      `${two(Math.floor(secondOfDay(atMs) / 3600))}:${two(Math.floor((secondOfDay(atMs) % 3600) / 60))}`,
  };
}

/** The weekday of a day number, 0 Sunday … 6 Saturday; 1970-01-01 was a Thursday. */
export const weekdayOf = (dayNumber: number): number => (((dayNumber + 4) % 7) + 7) % 7;
