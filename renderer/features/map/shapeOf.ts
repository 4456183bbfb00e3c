import type { Selectable } from '../../client/selection.ts';
import type { GlideTable } from '../../live/GlideTable.ts';
import type { MapScene } from './MapScene.ts';

type Path = [number, number][];
/** The shape of a subject on the map: a point, or lines. */
export type SubjectShape = { point: [number, number] } | { paths: Path[]; isRing: boolean };

const pointOf = (
  thing: { lon?: number | undefined; lat?: number | undefined } | undefined,
): SubjectShape | undefined =>
  thing?.lon === undefined || thing.lat === undefined ? undefined : { point: [thing.lon, thing.lat] };

function drawnPoint(
  roster: ReadonlyMap<number, { id: string }>,
  motion: GlideTable,
  rows: readonly number[],
  id: string,
): SubjectShape | undefined {
  const row = rows.find((candidate) => roster.get(candidate)?.id === id);
  return row === undefined ? undefined : { point: [motion.drawn[2 * row] ?? 0, motion.drawn[2 * row + 1] ?? 0] };
}

type ShapeOf = (scene: MapScene, id: string) => SubjectShape | undefined;

const zoneShape: ShapeOf = ({ map }, id) => {
  const zone = map?.zones.find((candidate) => candidate.id === id);
  return zone === undefined ? undefined : { paths: [zone.outline], isRing: true };
};

const shapes: Record<Selectable['kind'], ShapeOf> = {
  vehicle: ({ vehicleRoster, tables }, id) =>
    drawnPoint(vehicleRoster, tables.vehicles.motion, tables.vehicles.rows, id),
  unit: ({ unitRoster, tables }, id) => drawnPoint(unitRoster, tables.units.motion, tables.units.rows, id),
  link: ({ network }, id) => {
    const link = network?.links[network.linkRow.get(id) ?? -1];
    return link === undefined ? undefined : { paths: [link.path], isRing: false };
  },
  detector: ({ network }, id) => pointOf(network?.detectors[network.detectorRow.get(id) ?? -1]),
  meter: ({ meters }, id) => {
    const row = meters?.row.get(id) ?? -1;
    return pointOf({ lon: meters?.meters.lon[row], lat: meters?.meters.lat[row] });
  },
  zone: zoneShape,
  feeder: zoneShape,
  route: ({ transit }, id) => {
    const route = transit?.routes.find((candidate) => candidate.id === id);
    return route === undefined ? undefined : { paths: route.shapes, isRing: true };
  },
  alarm: ({ alarms }, id) => pointOf(alarms.placed.find((alarm) => alarm.id === id)),
  incident: ({ incidents }, id) => pointOf(incidents.get(id)),
  report: ({ reports }, id) => pointOf(reports.get(id)),
  feed: () => undefined,
  system: () => undefined,
};

/** The shape with which a subject is drawn now; undefined if it has no place or is not known. */
export const shapeOf = (scene: MapScene, { kind, id }: Selectable): SubjectShape | undefined => shapes[kind](scene, id);
