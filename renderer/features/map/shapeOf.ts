import type { Selectable } from '../../live/selection.ts';
import type { GlideTable } from '../../live/tables/GlideTable.ts';
import type { MapScene } from './MapScene.ts';

type Path = [number, number][];
/** What of a subject is on the map: a point, or lines. */
export type SubjectShape = { point: [number, number] } | { paths: Path[]; isRing: boolean };

const pointOf = (thing: { lon?: number | undefined; lat?: number | undefined } | undefined): SubjectShape | undefined =>
  thing?.lon === undefined || thing.lat === undefined ? undefined : { point: [thing.lon, thing.lat] };

function drawnPoint(roster: ReadonlyMap<number, { id: string }>, motion: GlideTable, rows: readonly number[], id: string): SubjectShape | undefined {
  const row = rows.find((candidate) => roster.get(candidate)?.id === id);
  return row === undefined ? undefined : { point: [motion.drawn[2 * row] ?? 0, motion.drawn[2 * row + 1] ?? 0] };
}

/** Where a subject is drawn now; undefined where it has no place or is not known. */
export function shapeOf(scene: MapScene, { kind, id }: Selectable): SubjectShape | undefined {
  const { network, meters, tables } = scene;
  switch (kind) {
    case 'vehicle':
      return drawnPoint(scene.vehicleRoster, tables.vehicles.motion, tables.vehicles.rows, id);
    case 'unit':
      return drawnPoint(scene.unitRoster, tables.units.motion, tables.units.rows, id);
    case 'link': {
      const link = network?.links[network.linkRow.get(id) ?? -1];
      return link === undefined ? undefined : { paths: [link.path], isRing: false };
    }
    case 'detector':
      return pointOf(network?.detectors[network.detectorRow.get(id) ?? -1]);
    case 'meter': {
      const row = meters?.row.get(id) ?? -1;
      return pointOf({ lon: meters?.meters.lon[row], lat: meters?.meters.lat[row] });
    }
    case 'zone':
    case 'feeder': {
      const zone = scene.map?.zones.find((candidate) => candidate.id === id);
      return zone === undefined ? undefined : { paths: [zone.outline], isRing: true };
    }
    case 'route': {
      const route = scene.transit?.routes.find((candidate) => candidate.id === id);
      return route === undefined ? undefined : { paths: route.shapes, isRing: true };
    }
    case 'alarm':
      return pointOf(scene.alarms.placed.find((alarm) => alarm.id === id));
    case 'incident':
      return pointOf(scene.incidents.get(id));
    case 'report':
      return pointOf(scene.reports.get(id));
    case 'feed':
    case 'system':
      return undefined;
    default:
      return kind satisfies never;
  }
}
