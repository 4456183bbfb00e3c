import { createLocalTime } from './localTime.ts';

/** The local days of a place: each begins at local midnight and has 23 or 25 hours where the clock changes. */
export type LocalDays = {
  /** Local days since 1970-01-01; consecutive days differ by 1. */
  dayOf: (atMs: number) => number;
  /** When a day begins, in UTC epoch milliseconds: its first moment, also where the clock leaves out midnight. */
  startMs: (day: number) => number;
  /** The hour that a clock shows, 0 to 23. */
  hourOf: (atMs: number) => number;
};

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
/** No time zone is farther from UTC than this. */
const FARTHEST_MS = DAY_MS;
const MOST_KEPT = 4096;

/** The local days of an IANA time zone. Throws a RangeError where the zone is not one of the IANA names. */
export function createLocalDays(timeZone: string): LocalDays {
  const { dayNumber, secondOfDay } = createLocalTime(timeZone);
  const known = new Map<number, number>();

  /**
   * A binary search over quarters of an hour is enough: zones change their offset only on these, and a day number never
   * falls as time goes on.
   */
  const findStart = (day: number): number => {
    let [low, high] = [
      Math.floor((day * DAY_MS - FARTHEST_MS) / QUARTER_MS),
      Math.ceil((day * DAY_MS + FARTHEST_MS) / QUARTER_MS),
    ];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (dayNumber(middle * QUARTER_MS) >= day) high = middle;
      else low = middle + 1;
    }
    return low * QUARTER_MS;
  };
  return {
    dayOf: dayNumber,
    hourOf: (atMs) => Math.floor(secondOfDay(atMs) / 3600),
    startMs(day) {
      let startMs = known.get(day);
      if (startMs === undefined) {
        if (known.size > MOST_KEPT) known.clear();
        known.set(day, (startMs = findStart(day)));
      }
      return startMs;
    },
  };
}
