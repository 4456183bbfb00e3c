import { distancesAlong } from '../../geometry/polyline.ts';
import { csvTable } from '../csvTable.ts';
import type { Pattern, PlannedStop } from './planPatterns.ts';
import type { PlannedTrip, ServiceId } from './planTrips.ts';
import type { Plane } from '../../geometry/plane.ts';

export type Agency = { name: string; timeZone: string };

/** The timetable is valid for this span, and has Sunday service on these public holidays. */
const VALID = { from: '20260101', to: '20271231' };
const holidays = [
  '20260101',
  '20260525',
  '20260703',
  '20260907',
  '20261126',
  '20261225',
  '20270101',
  '20270531',
  '20270705',
  '20270906',
  '20271125',
  '20271224',
];
const days: Record<ServiceId, readonly number[]> = {
  WK: [1, 1, 1, 1, 1, 0, 0],
  SA: [0, 0, 0, 0, 0, 1, 0],
  SU: [0, 0, 0, 0, 0, 0, 1],
};

/** The timetable as the files of a GTFS feed, by name. */
export function gtfsFiles(
  agency: Agency,
  patterns: readonly Pattern[],
  trips: readonly PlannedTrip[],
  plane: Plane,
): Map<string, string> {
  return new Map([
    ['gtfs/agency.txt', csvTable([agency], agencyColumns)],
    ['gtfs/stops.txt', csvTable(stopsOf(patterns), stopColumns)],
    ['gtfs/routes.txt', csvTable([...new Set(patterns.map(({ line }) => line))], routeColumns)],
    ['gtfs/trips.txt', csvTable(trips, tripColumns)],
    ['gtfs/stop_times.txt', stopTimes(trips)],
    ['gtfs/shapes.txt', shapes(patterns, plane)],
    ...calendars(),
    ['gtfs/feed_info.txt', csvTable([agency], feedColumns)],
  ]);
}

type Columns<T> = Parameters<typeof csvTable<T>>[1];

const agencyColumns: Columns<Agency> = {
  agency_id: () => '1',
  agency_name: ({ name }) => name,
  agency_url: () => 'https://transit.example',
  agency_timezone: ({ timeZone }) => timeZone,
  agency_lang: () => 'en',
};

const stopColumns: Columns<PlannedStop> = {
  stop_id: ({ id }) => id,
  stop_name: ({ name }) => name,
  stop_lat: ({ lat }) => lat,
  stop_lon: ({ lon }) => lon,
};

const routeColumns: Columns<Pattern['line']> = {
  route_id: ({ id }) => id,
  agency_id: () => '1',
  route_short_name: ({ id }) => id,
  route_long_name: ({ longName }) => longName,
  route_type: () => 3,
  route_color: ({ color }) => color,
  route_text_color: () => 'FFFFFF',
};

const tripColumns: Columns<PlannedTrip> = {
  route_id: ({ pattern }) => pattern.line.id,
  service_id: ({ serviceId }) => serviceId,
  trip_id: ({ id }) => id,
  trip_headsign: ({ pattern }) => pattern.headsign,
  direction_id: ({ pattern }) => pattern.directionId,
  block_id: ({ blockId }) => blockId,
  shape_id: ({ pattern }) => shapeId(pattern),
};

const feedColumns: Columns<Agency> = {
  feed_publisher_name: ({ name }) => name,
  feed_publisher_url: () => 'https://transit.example',
  feed_lang: () => 'en',
  feed_start_date: () => VALID.from,
  feed_end_date: () => VALID.to,
  feed_version: () => '1',
};

const shapeId = ({ line, directionId }: Pattern): string => `${line.id}-${directionId}`;

function stopsOf(patterns: readonly Pattern[]): PlannedStop[] {
  return [...new Set(patterns.flatMap(({ stops }) => stops.map(({ stop }) => stop)))].toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

function calendars(): [string, string][] {
  const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const runs = Object.fromEntries(
    weekdays.map((name, i) => [name, ([, pattern]: [string, readonly number[]]) => pattern[i]]),
  );
  const exceptions = holidays.flatMap((date) => [
    { id: 'SU', date, type: 1 },
    { id: 'WK', date, type: 2 },
  ]);
  return [
    [
      'gtfs/calendar.txt',
      csvTable(Object.entries(days), {
        service_id: ([id]) => id,
        ...runs,
        start_date: () => VALID.from,
        end_date: () => VALID.to,
      }),
    ],
    [
      'gtfs/calendar_dates.txt',
      csvTable(exceptions, {
        service_id: ({ id }) => id,
        date: ({ date }) => date,
        exception_type: ({ type }) => type,
      }),
    ],
  ];
}

function stopTimes(trips: readonly PlannedTrip[]): string {
  const rows = trips.flatMap((trip) =>
    trip.pattern.stops.map((at, i) => ({ trip, at, i, isLast: i === trip.pattern.stops.length - 1 })),
  );
  return csvTable(rows, {
    trip_id: ({ trip }) => trip.id,
    arrival_time: ({ trip, at }) => clock(trip.startS + at.runS),
    departure_time: ({ trip, at }) => clock(trip.startS + at.runS),
    stop_id: ({ at }) => at.stop.id,
    stop_sequence: ({ i }) => i + 1,
    shape_dist_traveled: ({ at }) => at.distanceM,
    timepoint: ({ i, isLast }) => (i % 6 === 0 || isLast ? 1 : 0),
  });
}

const two = (n: number): string => String(n).padStart(2, '0');
const clock = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`;

function shapes(patterns: readonly Pattern[], plane: Plane): string {
  const rows = patterns.flatMap((pattern) => {
    const along = distancesAlong(pattern.shape.map(plane.toPlane));
    return pattern.shape.map(([lon, lat], i) => ({
      id: shapeId(pattern),
      lon,
      lat,
      i,
      metres: Math.round(along[i] ?? 0),
    }));
  });
  return csvTable(rows, {
    shape_id: ({ id }) => id,
    shape_pt_lat: ({ lat }) => lat,
    shape_pt_lon: ({ lon }) => lon,
    shape_pt_sequence: ({ i }) => i + 1,
    shape_dist_traveled: ({ metres }) => metres,
  });
}
