import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { VehicleMode } from '../../../shared/base/values.ts';
import type { Route, Stop, StopTime, Timetable, Trip } from '../../../shared/county/county.ts';
import { ShapeLine } from '../../../shared/transit/ShapeLine.ts';
import { CountyError } from './CountyError.ts';
import { csvTable } from './csvTable.ts';
import type { CountyFaults } from './files/CountyFaults.ts';
import { gtfsSeconds, isTimeZone } from './serviceTime.ts';

type Row = Record<string, string>;
/** The files of the feed, and where faults of single rows go. */
type Feed = { files: Map<string, Uint8Array>; faults: CountyFaults };

/** A row that cannot be used; the others of its table can. */
class RowFault extends Error {}

const DAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The feed's files by name. `source` is a folder or a ZIP. */
async function files(source: string): Promise<Feed['files']> {
  if (!source.endsWith('.zip')) {
    const names = (await readdir(source)).filter((name) => name.endsWith('.txt'));
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(source, name))] as const)));
  }
  try {
    // Some agencies zip the files themselves, others the folder that holds them.
    return new Map(
      Object.entries(unzipSync(await readFile(source))).map(([path, bytes]) => [path.split('/').at(-1) ?? path, bytes]),
    );
  } catch (error) {
    throw new CountyError('it is not a ZIP file that can be read.', { cause: error });
  }
}

/**
 * A table of the feed, each row made into something; `need` reads a cell that must not be empty, and a row without it
 * is left out. A missing required table throws a CountyError.
 */
function table<T>({ files: all, faults }: Feed, name: string, isRequired: boolean, make: (row: Row) => T): T[] {
  const bytes = all.get(name);
  if (bytes === undefined) {
    if (isRequired) throw new CountyError(`${name} is missing.`);
    return [];
  }
  const made: T[] = [];
  const take = (row: Row, line: number): void => {
    try {
      made.push(make(row));
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      faults.add('leftOut', { file: `gtfs/${name}`, line }, error.message, error.message.split(':')[0]);
    }
  };
  try {
    csvTable(Buffer.from(bytes).toString('utf8'), take);
    return made;
  } catch (error) {
    throw new CountyError(`${name} is not a CSV table: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
}

const excerpt = (row: Row): string => JSON.stringify(row).slice(0, 120);

function need(row: Row, field: string): string {
  const value = row[field];
  if (value === undefined || value === '') throw new RowFault(`The row has no ${field}: ${excerpt(row)}.`);
  return value;
}

function position(row: Row, lonField: string, latField: string): [number, number] {
  const [lon, lat] = [Number(need(row, lonField)), Number(need(row, latField))];
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return [lon, lat];
  throw new RowFault(`The position is none: ${excerpt(row)}.`);
}

const optionalNumber = (text: string | undefined): number | undefined =>
  text === undefined || text === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);

type RawStop = {
  stopId: string;
  sequence: number;
  arrivalS: number | undefined;
  departureS: number | undefined;
  isTimepoint: boolean;
  distanceM: number | undefined;
};

function rawStop(row: Row): RawStop {
  const arrivalS = gtfsSeconds(row['arrival_time']);
  const departureS = gtfsSeconds(row['departure_time']);
  return {
    stopId: need(row, 'stop_id'),
    sequence: Number(need(row, 'stop_sequence')),
    arrivalS: arrivalS ?? departureS,
    departureS: departureS ?? arrivalS,
    isTimepoint: row['timepoint'] !== '0' && (arrivalS ?? departureS) !== undefined,
    distanceM: optionalNumber(row['shape_dist_traveled']),
  };
}

/**
 * Fills in the times of stops that have none, between two stops that have them: in proportion to the distance where it
 * is given, otherwise to the number of stops.
 */
export function withTimes(stops: readonly RawStop[]): StopTime[] {
  const timed = stops.flatMap(({ arrivalS, departureS }, index) =>
    arrivalS === undefined || departureS === undefined ? [] : [{ index, arrivalS, departureS }],
  );
  return stops.flatMap((stop, index) => {
    const before = timed.findLast((each) => each.index <= index);
    const after = timed.find((each) => each.index >= index);
    if (before === undefined || after === undefined) return [];
    const [from, to] = [stops[before.index]?.distanceM, stops[after.index]?.distanceM];
    const byDistance =
      from !== undefined && to !== undefined && to > from && stop.distanceM !== undefined
        ? (stop.distanceM - from) / (to - from)
        : undefined;
    const share = before === after ? 0 : (byDistance ?? (index - before.index) / (after.index - before.index));
    const between = Math.round(before.departureS + share * (after.arrivalS - before.departureS));
    const { stopId, sequence, isTimepoint, distanceM } = stop;
    return [
      {
        stopId,
        sequence,
        isTimepoint,
        arrivalS: stop.arrivalS ?? between,
        departureS: stop.departureS ?? between,
        ...(distanceM !== undefined && { distanceM }),
      },
    ];
  });
}

function stopTimes(all: Feed): Map<string, StopTime[]> {
  const byTrip = new Map<string, RawStop[]>();
  table(all, 'stop_times.txt', true, (row) => {
    const tripId = need(row, 'trip_id');
    // Rows of flexible service have areas instead of stops.
    if (row['stop_id'] === undefined || row['stop_id'] === '') return;
    const stop = rawStop(row);
    const list = byTrip.get(tripId) ?? [];
    byTrip.set(tripId, list);
    list.push(stop);
  });
  return new Map(
    [...byTrip].map(([tripId, list]) => [tripId, withTimes(list.sort((a, b) => a.sequence - b.sequence))]),
  );
}

type Shape = {
  path: [number, number][];
  /** Metres that one unit of `shape_dist_traveled` stands for; each feed has a unit of its own. */ metersPerUnit:
    number | undefined;
};

function shapes(all: Feed): Map<string, Shape> {
  const points = new Map<string, { sequence: number; at: [number, number]; travelled: number | undefined }[]>();
  table(all, 'shapes.txt', false, (row) => {
    const id = need(row, 'shape_id');
    const at = position(row, 'shape_pt_lon', 'shape_pt_lat');
    const list = points.get(id) ?? [];
    points.set(id, list);
    list.push({
      sequence: Number(row['shape_pt_sequence']),
      at,
      travelled: optionalNumber(row['shape_dist_traveled']),
    });
  });
  return new Map(
    [...points].map(([id, list]): [string, Shape] => {
      const sorted = list.sort((a, b) => a.sequence - b.sequence);
      const path = sorted.map(({ at }) => at);
      const units = (sorted.at(-1)?.travelled ?? 0) - (sorted[0]?.travelled ?? 0);
      return [id, { path, metersPerUnit: units > 0 ? new ShapeLine(path).lengthM / units : undefined }];
    }),
  );
}

/**
 * Converts distances to metres where the trip's shape shows what the feed's unit is; otherwise leaves them out, because
 * they could not be used as distances.
 */
function inMeters(stops: readonly StopTime[], metersPerUnit: number | undefined): StopTime[] {
  return stops.map(({ distanceM, ...stop }) =>
    distanceM === undefined || metersPerUnit === undefined ? stop : { ...stop, distanceM: distanceM * metersPerUnit },
  );
}

function trips(all: Feed, shapeOf: ReadonlyMap<string, Shape>): Map<string, Trip> {
  const times = stopTimes(all);
  const rows = table(all, 'trips.txt', true, (row): Trip => {
    const id = need(row, 'trip_id');
    return {
      id,
      routeId: need(row, 'route_id'),
      serviceId: need(row, 'service_id'),
      directionId: row['direction_id'] === '1' ? 1 : 0,
      stopTimes: inMeters(times.get(id) ?? [], shapeOf.get(row['shape_id'] ?? '')?.metersPerUnit),
      ...(row['block_id'] && { blockId: row['block_id'] }),
      ...(row['trip_headsign'] && { headsign: row['trip_headsign'] }),
      ...(row['shape_id'] && { shapeId: row['shape_id'] }),
    };
  });
  return new Map(rows.map((trip) => [trip.id, trip]));
}

function stops(all: Feed): Timetable['stops'] {
  const placed = table(all, 'stops.txt', true, (row): Stop[] => {
    if (!row['stop_lat'] || !row['stop_lon']) return [];
    const id = need(row, 'stop_id');
    const [lon, lat] = position(row, 'stop_lon', 'stop_lat');
    return [{ id, name: row['stop_name'] ?? id, lon, lat }];
  });
  return new Map(placed.flat().map((stop) => [stop.id, stop]));
}

/**
 * GTFS route types, and the extended ones by their hundreds (gtfs.org reference, routes.txt;
 * developers.google.com/transit/gtfs/reference/extended-route-types).
 */
const modes: Readonly<Record<number, VehicleMode>> = {
  0: 'tram',
  1: 'metro',
  2: 'train',
  3: 'bus',
  4: 'ferry',
  5: 'tram',
  6: 'other',
  7: 'train',
  11: 'bus',
  12: 'train',
  100: 'train',
  200: 'bus',
  300: 'train',
  400: 'metro',
  500: 'metro',
  600: 'metro',
  700: 'bus',
  800: 'bus',
  900: 'tram',
  1000: 'ferry',
  1200: 'ferry',
};

const modeOf = (routeType: string | undefined): VehicleMode | undefined => {
  const type = Number(routeType || Number.NaN);
  return modes[type >= 100 ? Math.floor(type / 100) * 100 : type];
};

/** The distinct lines that the route's trips run on; from stop to stop where the feed has no shapes. */
function linesOf(
  tripsOfRoute: readonly Trip[],
  shapeOf: Timetable['shapes'],
  stopOf: Timetable['stops'],
): [number, number][][] {
  const lines = new Map<string, [number, number][]>();
  for (const trip of tripsOfRoute) {
    const shape = trip.shapeId === undefined ? undefined : shapeOf.get(trip.shapeId);
    const key = shape === undefined ? trip.stopTimes.map(({ stopId }) => stopId).join(' ') : (trip.shapeId ?? '');
    if (lines.has(key)) continue;
    lines.set(
      key,
      shape ??
        trip.stopTimes.flatMap(({ stopId }) => {
          const stop = stopOf.get(stopId);
          return stop === undefined ? [] : [[stop.lon, stop.lat] as [number, number]];
        }),
    );
  }
  return [...lines.values()].filter((line) => line.length > 1);
}

function routes(
  all: Feed,
  allTrips: Timetable['trips'],
  shapeOf: Timetable['shapes'],
  stopOf: Timetable['stops'],
): Timetable['routes'] {
  const tripsOf = Map.groupBy(allTrips.values(), ({ routeId }) => routeId);
  return new Map(
    table(all, 'routes.txt', true, (row): [string, Route] => {
      const id = need(row, 'route_id');
      const shortName = row['route_short_name'] || row['route_long_name'] || id;
      const mode = modeOf(row['route_type']);
      const lines = linesOf(tripsOf.get(id) ?? [], shapeOf, stopOf);
      return [
        id,
        {
          id,
          shortName,
          longName: row['route_long_name'] ?? '',
          shapes: lines,
          ...(row['route_color'] && { color: row['route_color'] }),
          ...(mode && { mode }),
        },
      ];
    }),
  );
}

/** calendar.txt gives the weekdays, calendar_dates.txt adds (1) and removes (2) single days. */
function calendar(all: Feed): Pick<Timetable, 'runsOn' | 'lastDay'> {
  const weekly = new Map(table(all, 'calendar.txt', false, (row): [string, Row] => [need(row, 'service_id'), row]));
  const exceptions = new Map(
    table(all, 'calendar_dates.txt', false, (row): [string, string | undefined] => [
      `${row['service_id'] ?? ''}|${row['date'] ?? ''}`,
      row['exception_type'],
    ]),
  );
  const runsOn: Timetable['runsOn'] = (serviceId, day) => {
    const exception = exceptions.get(`${serviceId}|${day}`);
    if (exception !== undefined) return exception === '1';
    const row = weekly.get(serviceId);
    if (row === undefined || day < (row['start_date'] ?? '') || day > (row['end_date'] ?? '')) return false;
    const weekday = new Date(
      Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8))),
    ).getUTCDay();
    const name = DAY_NAMES[(weekday + 6) % 7];
    return name !== undefined && row[name] === '1';
  };
  const added = [...exceptions].filter(([, type]) => type === '1').map(([key]) => key.split('|').at(-1) ?? '');
  const lastDay = [...[...weekly.values()].map((row) => row['end_date'] ?? ''), ...added].sort().at(-1);
  return { runsOn, ...(lastDay !== undefined && { lastDay }) };
}

function frequencies(all: Feed): Timetable['frequencies'] {
  const windows: Timetable['frequencies'] = new Map();
  table(all, 'frequencies.txt', false, (row) => {
    const tripId = need(row, 'trip_id');
    const list = windows.get(tripId) ?? [];
    windows.set(tripId, list);
    const window = {
      fromS: gtfsSeconds(row['start_time']) ?? Number.NaN,
      toS: gtfsSeconds(row['end_time']) ?? Number.NaN,
      headwayS: Number(row['headway_secs']),
    };
    if (window.headwayS > 0 && window.toS > window.fromS) list.push(window);
  });
  return windows;
}

function timetable(all: Feed): Timetable {
  const [timeZone] = table(all, 'agency.txt', true, (row) => need(row, 'agency_timezone'));
  if (timeZone === undefined) throw new CountyError('agency.txt has no row with agency_timezone.');
  if (!isTimeZone(timeZone))
    throw new CountyError(`agency.txt has the time zone ${timeZone}, which is none of the IANA list.`);
  const scaledShapes = shapes(all);
  const allTrips = trips(all, scaledShapes);
  const shapeOf = new Map([...scaledShapes].map(([id, { path }]) => [id, path]));
  const stopOf = stops(all);
  return {
    timeZone,
    stops: stopOf,
    routes: routes(all, allTrips, shapeOf, stopOf),
    trips: allTrips,
    shapes: shapeOf,
    ...calendar(all),
    frequencies: frequencies(all),
  };
}

/**
 * Reads `gtfs/` or `gtfs.zip` of the county's folder; undefined where there is neither. Throws a CountyError where it
 * cannot be used.
 */
export async function readGtfs(dir: string, faults: CountyFaults): Promise<Timetable | undefined> {
  const source = [join(dir, 'gtfs'), join(dir, 'gtfs.zip')].find((path) => existsSync(path));
  if (source === undefined) return undefined;
  return timetable({ files: await files(source), faults });
}
