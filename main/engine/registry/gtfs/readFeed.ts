import type { StopTime, Timetable, Trip } from '../../../../shared/county/county.ts';
import type { TimetableFault } from '../../../../shared/county/timetableFeed.ts';
import { ShapeLine } from '../../../../shared/transit/ShapeLine.ts';
import { gtfsSeconds, isTimeZone } from '../serviceTime.ts';
import { GtfsFaults } from './GtfsFaults.ts';
import { dayOf, readCalendar } from './readCalendar.ts';
import type { Calendar } from './readCalendar.ts';
import type { GtfsFiles } from './readFiles.ts';
import { readRoutes } from './readRoutes.ts';
import { readStopTimes } from './readStopTimes.ts';
import { readTable } from './readTable.ts';
import type { GtfsRow } from './readTable.ts';
import { toMetres } from './shapeDistance.ts';
import type { Shape } from './shapeDistance.ts';

/** A timetable with its calendar as data, so that it can pass from one thread to another. */
export type TimetableParts = Omit<Timetable, 'runsOn'> & Pick<Calendar, 'services'>;

/** One GTFS feed as far as it can be used, what of it cannot, and what it says of itself. */
export type ReadFeed = {
  parts: TimetableParts;
  agencies: string[];
  version?: string;
  /** Where its calendar may begin earlier, the day on which the agency lets it begin (feed_info.txt). */
  startDay?: string;
  faults: TimetableFault[];
};

/** WGS84 degrees; undefined where the text gives no place on earth, or the 0, 0 of a place that nobody filled in. */
function positionOf(lonText: string | undefined, latText: string | undefined): [number, number] | undefined {
  const [lon, lat] = [Number(lonText || Number.NaN), Number(latText || Number.NaN)];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && (lon !== 0 || lat !== 0) ? [lon, lat] : undefined;
}

function readStops(files: GtfsFiles, faults: GtfsFaults): Timetable['stops'] {
  const stops: Timetable['stops'] = new Map();
  for (const { line, cells } of readTable(files, 'stops.txt', faults, ['stop_id'], true)) {
    // Nodes and boarding areas within a station may go without a place.
    if (!cells['stop_lat'] && !cells['stop_lon'] && ['3', '4'].includes(cells['location_type'] ?? '')) continue;
    const [id, position] = [cells['stop_id'] ?? '', positionOf(cells['stop_lon'], cells['stop_lat'])];
    if (position === undefined) faults.note('stops.txt', 'A stop has no place on earth.', line);
    else if (stops.has(id)) faults.note('stops.txt', 'A stop_id is given twice; the first one is used.', line);
    else stops.set(id, { id, name: cells['stop_name'] || id, lon: position[0], lat: position[1] });
  }
  return stops;
}

function readShapes(files: GtfsFiles, faults: GtfsFaults): Map<string, Shape> {
  const points = new Map<string, { sequence: number; at: [number, number]; travelled: number }[]>();
  for (const { line, cells } of readTable(files, 'shapes.txt', faults, ['shape_id', 'shape_pt_sequence'])) {
    const at = positionOf(cells['shape_pt_lon'], cells['shape_pt_lat']);
    const sequence = Number(cells['shape_pt_sequence']);
    if (at === undefined || Number.isNaN(sequence)) {
      faults.note('shapes.txt', at === undefined ? 'A point has no place on earth.' : 'A sequence is no number.', line);
      continue;
    }
    const list = points.get(cells['shape_id'] ?? '') ?? [];
    points.set(cells['shape_id'] ?? '', list);
    list.push({ sequence, at, travelled: Number(cells['shape_dist_traveled'] || Number.NaN) });
  }
  return new Map(
    [...points].map(([id, list]): [string, Shape] => {
      const sorted = list.sort((a, b) => a.sequence - b.sequence);
      const travelled = sorted.map((point) => point.travelled);
      const isRising =
        travelled.every((each, index) => each >= (travelled[index - 1] ?? 0)) && (travelled.at(-1) ?? 0) > 0;
      const path = sorted.map(({ at }) => at);
      return [id, { path, line: new ShapeLine(path), travelled: isRising ? travelled : undefined }];
    }),
  );
}

/** Converts the distances of a trip's stops to metres along its line, or leaves them out where they mean nothing. */
function inMetres(stops: readonly StopTime[], shape: Shape | undefined): StopTime[] {
  const convert = shape === undefined ? undefined : toMetres(shape, stops.at(-1)?.distanceM);
  return stops.map(({ distanceM, ...stop }) => {
    const alongM = distanceM === undefined ? undefined : convert?.(distanceM);
    return alongM === undefined ? stop : { ...stop, distanceM: alongM };
  });
}

function readTrips(
  files: GtfsFiles,
  faults: GtfsFaults,
  shapes: ReadonlyMap<string, Shape>,
  stops: Timetable['stops'],
): Timetable['trips'] {
  const times = readStopTimes(files, faults, (id) => stops.has(id));
  const trips: Timetable['trips'] = new Map();
  for (const { line, cells } of readTable(files, 'trips.txt', faults, ['trip_id', 'route_id', 'service_id'], true)) {
    const id = cells['trip_id'] ?? '';
    if (trips.has(id)) {
      faults.note('trips.txt', 'A trip_id is given twice; the first one is used.', line);
      continue;
    }
    const stopTimes = times.get(id) ?? [];
    if (stopTimes.length === 0) faults.note('trips.txt', 'A trip has no stop with a time in stop_times.txt.', line);
    const trip: Trip = {
      id,
      routeId: cells['route_id'] ?? '',
      serviceId: cells['service_id'] ?? '',
      directionId: cells['direction_id'] === '1' ? 1 : 0,
      stopTimes: inMetres(stopTimes, shapes.get(cells['shape_id'] ?? '')),
      ...(cells['block_id'] && { blockId: cells['block_id'] }),
      ...(cells['trip_headsign'] && { headsign: cells['trip_headsign'] }),
      ...(cells['shape_id'] && { shapeId: cells['shape_id'] }),
    };
    trips.set(id, trip);
  }
  for (const id of times.keys()) if (!trips.has(id)) faults.note('stop_times.txt', 'trip_id is not in trips.txt.');
  return trips;
}

function readFrequencies(files: GtfsFiles, faults: GtfsFaults): Timetable['frequencies'] {
  const windows: Timetable['frequencies'] = new Map();
  for (const { line, cells } of readTable(files, 'frequencies.txt', faults, ['trip_id'])) {
    const window = {
      fromS: gtfsSeconds(cells['start_time']) ?? Number.NaN,
      toS: gtfsSeconds(cells['end_time']) ?? Number.NaN,
      headwayS: Number(cells['headway_secs']),
      ...(cells['exact_times'] === '1' && { isExact: true as const }),
    };
    if (!(window.headwayS > 0 && window.toS > window.fromS)) {
      faults.note('frequencies.txt', 'A headway has no times or no seconds that can be used.', line);
      continue;
    }
    const list = windows.get(cells['trip_id'] ?? '') ?? [];
    windows.set(cells['trip_id'] ?? '', [...list, window]);
  }
  return windows;
}

function zoneOf(agencies: readonly GtfsRow['cells'][], faults: GtfsFaults, fallback: string): string {
  const zone = agencies.map(({ agency_timezone: name }) => name ?? '').find(isTimeZone);
  if (zone === undefined)
    faults.note('agency.txt', `It gives no time zone of the IANA list; the county's, ${fallback}, is used.`);
  return zone ?? fallback;
}

function readInfo(files: GtfsFiles): Pick<ReadFeed, 'version' | 'startDay'> {
  const [info] = readTable(files, 'feed_info.txt', new GtfsFaults(), []);
  const [version, startDay] = [info?.cells['feed_version'], dayOf(info?.cells['feed_start_date'])];
  return { ...(version && { version }), ...(startDay !== undefined && { startDay }) };
}

/**
 * Reads one feed. Never throws because of what is in it: a row that cannot be used costs that row, and is listed.
 * `timeZone` is the county's, for a feed that gives none.
 */
export function readFeed(files: GtfsFiles, timeZone: string): ReadFeed {
  const faults = new GtfsFaults();
  const stops = readStops(files, faults);
  const shaped = readShapes(files, faults);
  const trips = readTrips(files, faults, shaped, stops);
  const shapes = new Map([...shaped].map(([id, { path }]) => [id, path]));
  const routes = readRoutes(files, faults, { trips, shapes, stops });
  for (const { routeId } of trips.values())
    if (!routes.has(routeId)) faults.note('trips.txt', 'route_id is not in routes.txt.');
  const agencies = readTable(files, 'agency.txt', faults, ['agency_timezone'], true).map(({ cells }) => cells);
  const parts: TimetableParts = {
    timeZone: zoneOf(agencies, faults, timeZone),
    stops,
    routes,
    trips,
    shapes,
    ...readCalendar(files, faults),
    frequencies: readFrequencies(files, faults),
  };
  const names = agencies.map(({ agency_name: name, agency_id: id }) => name || id || '').filter((name) => name !== '');
  return { parts, agencies: names, ...readInfo(files), faults: faults.list() };
}
