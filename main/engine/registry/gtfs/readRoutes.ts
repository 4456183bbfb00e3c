import type { VehicleMode } from '../../../../shared/base/values.ts';
import type { Route, Timetable, Trip } from '../../../../shared/county/county.ts';
import type { GtfsFaults } from './GtfsFaults.ts';
import type { GtfsFiles } from './readFiles.ts';
import { readTable } from './readTable.ts';

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

/** The routes of the feed with the lines that their trips run on. */
export function readRoutes(
  files: GtfsFiles,
  faults: GtfsFaults,
  { trips, shapes, stops }: Pick<Timetable, 'trips' | 'shapes' | 'stops'>,
): Timetable['routes'] {
  const tripsOf = Map.groupBy(trips.values(), ({ routeId }) => routeId);
  const routes: Timetable['routes'] = new Map();
  for (const { line, cells } of readTable(files, 'routes.txt', faults, ['route_id'], true)) {
    const id = cells['route_id'] ?? '';
    if (routes.has(id)) {
      faults.note('routes.txt', 'A route_id is given twice; the first one is used.', line);
      continue;
    }
    const mode = modeOf(cells['route_type']);
    const route: Route = {
      id,
      shortName: cells['route_short_name'] || cells['route_long_name'] || id,
      longName: cells['route_long_name'] ?? '',
      shapes: linesOf(tripsOf.get(id) ?? [], shapes, stops),
      ...(cells['route_color'] && { color: cells['route_color'] }),
      ...(mode && { mode }),
    };
    routes.set(id, route);
  }
  return routes;
}
