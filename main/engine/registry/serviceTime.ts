import { Temporal } from 'temporal-polyfill';

/** YYYYMMDD, as GTFS writes service days. */
export type ServiceDay = string;

const DAY = /^(\d{4})-?(\d{2})-?(\d{2})$/;

/**
 * Epoch milliseconds of a GTFS time: seconds counted from noon minus 12 h of the service day, which is midnight except
 * on the days when the clocks change (GTFS reference, "Time"). Throws a RangeError where the day is not a valid date.
 */
export function serviceTimeMs(day: ServiceDay, seconds: number, timeZone: string): number {
  const parts = DAY.exec(day);
  if (parts === null) throw new RangeError(`${day} is not a day`);
  const date = Temporal.PlainDate.from(
    { year: Number(parts[1]), month: Number(parts[2]), day: Number(parts[3]) },
    { overflow: 'reject' },
  );
  const noon = date.toZonedDateTime({ timeZone, plainTime: '12:00' });
  return noon.epochMilliseconds - 43_200_000 + seconds * 1000;
}

/** The local day of a moment. */
export const serviceDayOf = (nowMs: number, timeZone: string): ServiceDay =>
  serviceDays(nowMs, timeZone, 0, 1)[0] ?? '';

/** So many days in a row, the first one so many days after today. */
export function serviceDays(nowMs: number, timeZone: string, first: number, count: number): ServiceDay[] {
  const today = Temporal.Instant.fromEpochMilliseconds(Math.round(nowMs)).toZonedDateTimeISO(timeZone).toPlainDate();
  return Array.from({ length: count }, (_, index) =>
    today
      .add({ days: first + index })
      .toString()
      .replaceAll('-', ''),
  );
}

/**
 * The service days that may have vehicles on the road now: yesterday's night runs, today, and tomorrow's first ones.
 */
export const serviceDaysAround = (nowMs: number, timeZone: string): ServiceDay[] => serviceDays(nowMs, timeZone, -1, 3);

/**
 * Seconds of a GTFS time, H:MM:SS, which may exceed 24 h. Also reads what feeds write instead: without seconds, without
 * colons, with blanks. Undefined where the text is not a time.
 */
export function gtfsSeconds(text: string | undefined): number | undefined {
  const parts =
    /^\s*(\d{1,3}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*$/.exec(text ?? '') ??
    /^\s*(\d{2})(\d{2})(\d{2})?\s*$/.exec(text ?? '');
  if (parts === null || Number(parts[2]) > 59 || Number(parts[3] ?? 0) > 59) return undefined;
  return Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? 0);
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** Seconds of the service day as GTFS writes them; they may pass 24 h. */
export const gtfsTime = (seconds: number): string =>
  `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;

/** Is this an IANA time zone that the machine knows? */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
