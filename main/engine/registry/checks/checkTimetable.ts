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

function checkReferences({ trips, routes, stops, shapes }: Timetable, faults: CountyFaults): void {
  for (const trip of trips.values()) {
    const warn = (file: string, text: string): void =>
      faults.add('warning', { file: `gtfs/${file}` }, text, 'reference');
    if (!routes.has(trip.routeId))
      warn('trips.txt', `The trip ${trip.id} has the route ${trip.routeId}, which routes.txt does not have.`);
    if (trip.shapeId !== undefined && !shapes.has(trip.shapeId))
      warn('trips.txt', `The trip ${trip.id} has the shape ${trip.shapeId}, which shapes.txt does not have.`);
    if (trip.stopTimes.length === 0) warn('stop_times.txt', `The trip ${trip.id} has no stops with times.`);
    const unknown = trip.stopTimes.find(({ stopId }) => !stops.has(stopId));
    if (unknown !== undefined)
      warn('stop_times.txt', `The trip ${trip.id} stops at ${unknown.stopId}, which stops.txt does not have.`);
  }
}

/** Warns of a timetable that cannot be followed: its calendar ended, or its tables do not fit together. */
export function checkTimetable(
  timetable: Timetable,
  profile: CountyProfile,
  nowMs: number,
  faults: CountyFaults,
): void {
  checkCalendar(timetable, nowMs, faults);
  checkReferences(timetable, faults);
  if (timetable.timeZone !== profile.timeZone)
    faults.add(
      'warning',
      { file: 'gtfs/agency.txt' },
      `The timetable is in the time zone ${timetable.timeZone}, and the county in ${profile.timeZone}.`,
    );
}
