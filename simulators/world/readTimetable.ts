import { parse } from 'csv-parse/sync';
import { distanceM } from '../../shared/base/geometry/distanceM.ts';
import { weekdayOf, dayName } from './LocalTime.ts';

export type RunStop = {
  stopId: string;
  lon: number;
  lat: number;
  distanceM: number;
  arrivalS: number;
  departureS: number;
};
export type RunTrip = {
  id: string;
  routeId: string;
  directionId: 0 | 1;
  headsign: string;
  blockId: string;
  shape: readonly [number, number][];
  stops: RunStop[];
};
/** The day's work of one bus: its trips in order. */
export type Block = { id: string; serviceId: string; trips: RunTrip[] };
export type SimTimetable = { blocks: Block[]; runsOn: (serviceId: string, day: number) => boolean };

type Row = Record<string, string | undefined>;

/**
 * Reads the timetable from the files of a GTFS feed (named as in the folder, `gtfs/trips.txt`); undefined where the
 * county has none. Stop times are required.
 */
export function readTimetable(files: ReadonlyMap<string, string>): SimTimetable | undefined {
  const rows = (name: string): Row[] =>
    parse<Row>(files.get(`gtfs/${name}.txt`) ?? '', { columns: true, bom: true, skip_empty_lines: true, trim: true });
  if (!files.has('gtfs/trips.txt')) return undefined;
  const stops = new Map(rows('stops').map((row) => [row['stop_id'] ?? '', row]));
  const shapes = shapesOf(rows('shapes'));
  const stopTimes = Map.groupBy(rows('stop_times'), (row) => row['trip_id'] ?? '');
  const blocks = new Map<string, Block>();
  for (const row of rows('trips')) {
    const times = (stopTimes.get(row['trip_id'] ?? '') ?? []).toSorted(
      (a, b) => Number(a['stop_sequence']) - Number(b['stop_sequence']),
    );
    const shape =
      shapes.get(row['shape_id'] ?? '') ?? times.map((time) => positionOf(stops.get(time['stop_id'] ?? '')));
    const trip: RunTrip = {
      id: row['trip_id'] ?? '',
      routeId: row['route_id'] ?? '',
      directionId: row['direction_id'] === '1' ? 1 : 0,
      headsign: row['trip_headsign'] ?? '',
      blockId: row['block_id'] ?? row['trip_id'] ?? '',
      shape,
      stops: runStops(times, stops),
    };
    const serviceId = row['service_id'] ?? '';
    const key = `${serviceId} ${trip.blockId}`;
    const block = blocks.get(key) ?? { id: trip.blockId, serviceId, trips: [] };
    block.trips.push(trip);
    blocks.set(key, block);
  }
  for (const block of blocks.values())
    block.trips.sort((a, b) => (a.stops[0]?.departureS ?? 0) - (b.stops[0]?.departureS ?? 0));
  return { blocks: [...blocks.values()], runsOn: calendarOf(rows('calendar'), rows('calendar_dates')) };
}

const positionOf = (row: Row | undefined): [number, number] => [
  Number(row?.['stop_lon'] ?? 0),
  Number(row?.['stop_lat'] ?? 0),
];

function shapesOf(rows: readonly Row[]): Map<string, [number, number][]> {
  const byShape = Map.groupBy(rows, (row) => row['shape_id'] ?? '');
  return new Map(
    [...byShape].map(([id, points]) => [
      id,
      points
        .toSorted((a, b) => Number(a['shape_pt_sequence']) - Number(b['shape_pt_sequence']))
        .map((row): [number, number] => [Number(row['shape_pt_lon']), Number(row['shape_pt_lat'])]),
    ]),
  );
}

function runStops(times: readonly Row[], stops: ReadonlyMap<string, Row>): RunStop[] {
  let [walked, last] = [0, undefined as readonly [lon: number, lat: number] | undefined];
  return times.map((time) => {
    const stopId = time['stop_id'] ?? '';
    const [lon, lat] = positionOf(stops.get(stopId));
    walked += last === undefined ? 0 : distanceM(last[0], last[1], lon, lat);
    last = [lon, lat];
    const given = time['shape_dist_traveled'];
    return {
      stopId,
      lon,
      lat,
      distanceM: given === undefined || given === '' ? walked : Number(given),
      arrivalS: secondsOf(time['arrival_time']),
      departureS: secondsOf(time['departure_time']),
    };
  });
}

function secondsOf(text = '0:0:0'): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

function calendarOf(calendar: readonly Row[], dates: readonly Row[]): SimTimetable['runsOn'] {
  const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const regular = new Map(calendar.map((row) => [row['service_id'] ?? '', row]));
  const exceptions = new Map(
    dates.map((row) => [`${row['service_id'] ?? ''} ${row['date'] ?? ''}`, row['exception_type'] === '1']),
  );
  return (serviceId, day) => {
    const date = dayName(day);
    const row = regular.get(serviceId);
    const isRegular =
      row !== undefined &&
      date >= (row['start_date'] ?? '') &&
      date <= (row['end_date'] ?? '') &&
      row[names[weekdayOf(day)] ?? ''] === '1';
    return exceptions.get(`${serviceId} ${date}`) ?? isRegular;
  };
}
