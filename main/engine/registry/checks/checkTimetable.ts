import { Temporal } from 'temporal-polyfill';
import type { CountyProfile, Timetable } from '../../../../shared/county/county.ts';
import type { CountyFaults } from '../files/CountyFaults.ts';

const DAYS_AHEAD = 14;

/** The days from now on, as GTFS writes them. */
function daysFrom(nowMs: number, timeZone: string, count: number): string[] {
  const today = Temporal.Instant.fromEpochMilliseconds(Math.round(nowMs)).toZonedDateTimeISO(timeZone).toPlainDate();
  return Array.from({ length: count }, (_, days) => today.add({ days }).toString().replaceAll('-', ''));
}

function checkCalendar({ trips, runsOn, lastDay, timeZone }: Timetable, nowMs: number, faults: CountyFaults): void {
  const services = new Set([...trips.values()].map(({ serviceId }) => serviceId));
  const days = daysFrom(nowMs, timeZone, DAYS_AHEAD);
  if (services.size === 0 || days.some((day) => [...services].some((service) => runsOn(service, day)))) return;
  const ended = lastDay === undefined || lastDay >= (days[0] ?? '') ? '' : ` Its calendar ended on ${lastDay}.`;
  faults.add('warning', { file: 'gtfs' }, `No trip of the timetable runs within the next ${DAYS_AHEAD} days.${ended}`);
}

/** Warns of a timetable that cannot be followed: its calendar ended, or it is of another time zone. */
export function checkTimetable(
  timetable: Timetable,
  profile: CountyProfile,
  nowMs: number,
  faults: CountyFaults,
): void {
  checkCalendar(timetable, nowMs, faults);
  if (timetable.timeZone !== profile.timeZone)
    faults.add(
      'warning',
      { file: 'gtfs/agency.txt' },
      `The timetable is in the time zone ${timetable.timeZone}, and the county in ${profile.timeZone}.`,
    );
}
