/** Formats local times for print: 24 hours, with the zone named once. */
export type ReportTime = {
  /** "14:05". */
  clock: (atMs: number) => string;
  /** "26 Nov 14:05". */
  dayClock: (atMs: number) => string;
  /** "Thursday, 26 November 2026". */
  day: (atMs: number) => string;
  /** "CST". */
  zone: (atMs: number) => string;
};

/** Makes the formats of an IANA time zone. Throws a RangeError where the zone is not one of the IANA names. */
export function createReportTime(timeZone: string): ReportTime {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const day = format({ day: 'numeric', month: 'short' });
  const longDay = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const zone = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' });
  return {
    clock: (atMs) => clock.format(atMs),
    dayClock: (atMs) => `${day.format(atMs)} ${clock.format(atMs)}`,
    day: (atMs) => longDay.format(atMs),
    zone: (atMs) => zone.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone,
  };
}

/** A duration in ms for print: 754000 as "13 min", 5400000 as "1 h 30"; a report leaves out seconds. */
export function reportDuration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return '< 1 min';
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}
