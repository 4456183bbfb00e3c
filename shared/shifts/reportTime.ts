/** Times of a place as they are printed: 24 hours, with the zone said once. */
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

/** Throws a RangeError where the zone is not one of the IANA names. */
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

/** 754000 as "13 min", 5400000 as "1 h 30"; seconds are not what a report is about. */
export function reportDuration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return '< 1 min';
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}
