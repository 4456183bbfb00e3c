export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export type LocalMoment = {
  /** Local days since 1970-01-01. */
  day: number;
  secondOfDay: number;
  /** Hours with fraction, 0 to 24. */
  hour: number;
  /** 0 is Monday. */
  weekday: number;
};

/**
 * The county's wall clock. Offsets are looked up once per hour of UTC, because all clock changes fall on whole hours.
 */
export class LocalTime {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  }

  at(utcMs: number): LocalMoment {
    const localMs = utcMs + this.offsetMs(utcMs);
    const day = Math.floor(localMs / DAY_MS);
    const secondOfDay = (localMs - day * DAY_MS) / 1000;
    return { day, secondOfDay, hour: secondOfDay / 3600, weekday: weekdayOf(day) };
  }

  /**
   * The time of second 0 of a service day: noon minus 12 h, as GTFS counts, which differs from midnight on days when
   * the clocks change.
   */
  serviceDayStartMs(day: number): number {
    const noon = day * DAY_MS + DAY_MS / 2;
    return noon - this.offsetMs(noon - this.offsetMs(noon)) - DAY_MS / 2;
  }

  offsetMs(utcMs: number): number {
    const hour = Math.floor(utcMs / HOUR_MS);
    const known = this.#offsets.get(hour);
    if (known !== undefined) return known;
    const name = this.#format.formatToParts(hour * HOUR_MS).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):?(\d*)/.exec(name) ?? [];
    const offset = (sign === '-' ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes || 0) * MINUTE_MS);
    if (this.#offsets.size > 1000) this.#offsets.clear();
    this.#offsets.set(hour, offset);
    return offset;
  }
}

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** A local day as YYYYMMDD, the way GTFS writes dates. */
export const dayName = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
