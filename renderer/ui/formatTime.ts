const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Formats an age in one or two units that can be read at a glance: "4 s", "12 min", "3 h 05", "2 d". Negative ages
 * count as 0.
 */
export function formatAge(ageMs: number): string {
  const age = Math.max(0, ageMs);
  if (age < MINUTE) return `${Math.floor(age / SECOND)} s`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ${String(Math.floor((age % HOUR) / MINUTE)).padStart(2, '0')}`;
  return `${Math.floor(age / DAY)} d`;
}

/** A running clock: "04:31", "1:07:45", from a day on "2 d 03:10". */
export function formatElapsed(elapsedMs: number): string {
  const total = Math.max(0, Math.floor(elapsedMs / SECOND));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} d ${two(hours % 24)}:${two(minutes)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${two(minutes)}:${two(total % 60)}`;
}

export type LocalTime = {
  /** "14:03:12" */
  clock: (atMs: number) => string;
  /** "14:03" */
  short: (atMs: number) => string;
  /** "Mon 23 Nov" */
  date: (atMs: number) => string;
  /** "Mon 23 Nov 14:03" */
  dateTime: (atMs: number) => string;
  /** "23 Nov 2026 14:03", for what may be of another year. */
  yearTime: (atMs: number) => string;
  /** The zone's short name at that time: "EST", "GMT+2". */
  zone: (atMs: number) => string;
};

const formatters = new Map<string, LocalTime>();

/** Formats the county's local time, 24-hour. Formatters are expensive to make, so there is one set per zone. */
export function localTime(timeZone: string): LocalTime {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = makeLocalTime(timeZone);
  formatters.set(timeZone, made);
  return made;
}

function makeLocalTime(timeZone: string): LocalTime {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options });
  const clock = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const short = format({ hour: '2-digit', minute: '2-digit' });
  const date = format({ weekday: 'short', day: 'numeric', month: 'short' });
  const day = format({ day: 'numeric', month: 'short', year: 'numeric' });
  // American names ("EST") exist only in the American locale.
  const zone = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' });
  const plainDate = (atMs: number): string => date.format(atMs).replace(',', '');
  return {
    clock: (atMs) => clock.format(atMs),
    short: (atMs) => short.format(atMs),
    date: plainDate,
    dateTime: (atMs) => `${plainDate(atMs)} ${short.format(atMs)}`,
    yearTime: (atMs) => `${day.format(atMs)} ${short.format(atMs)}`,
    zone: (atMs) => zone.formatToParts(atMs).find((part) => part.type === 'timeZoneName')?.value ?? timeZone,
  };
}
