import type { CountyProfile, Timetable } from '../../../../shared/county/county.ts';
import type { CountyFaults } from '../files/CountyFaults.ts';
import { serviceDays } from '../serviceTime.ts';

const DAYS_AHEAD = 14;

function checkCalendar({ trips, runsOn, lastDay, timeZone }: Timetable, nowMs: number, faults: CountyFaults): void {
  const services = new Set([...trips.values()].map(({ serviceId }) => serviceId));
  const days = serviceDays(nowMs, timeZone, 0, DAYS_AHEAD);
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
