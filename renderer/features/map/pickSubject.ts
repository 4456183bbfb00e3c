import { isInside } from '../../../shared/base/geometry/isInside.ts';
import type { MapView, Selectable } from '../../client/selection.ts';
import type { GlideTable } from '../../live/GlideTable.ts';
import type { Zone } from './CountyIndex.ts';
import { distanceToPath, nearestSpot } from './hitTest.ts';
import type { Spot } from './hitTest.ts';
import { DETECTORS_FROM_ZOOM } from './layers/detectorLayers.ts';
import { POINTS_FROM_ZOOM, TROUBLE_FROM_ZOOM, meterState } from './layers/meterLayers.ts';
import { OUTLINES_FROM_ZOOM } from './layers/zoneLayers.ts';
import type { MapScene } from './MapScene.ts';
import { project, unproject } from './viewMath.ts';
import type { Size } from './viewMath.ts';

const MARK_PX = 13;
const VEHICLE_PX = 12;
const DOT_PX = 8;
const LINE_PX = 7;
/** Above this zoom zones are not picked by their area, because the ground then belongs to the things on it. */
const ZONES_UNTIL_ZOOM = 13.5;
const CANDIDATES = 12;

type Pointer = { scene: MapScene; view: MapView; size: Size; x: number; y: number };
type Picker = (pointer: Pointer) => Selectable | undefined;

const spot = ({ view, size }: Pointer, subject: Selectable, lon: number, lat: number, reachPx: number): Spot => {
  const [x, y] = project(view, size, lon, lat);
  return { subject, x, y, reachPx };
};

function pickMarker(pointer: Pointer): Selectable | undefined {
  const { signs } = pointer.scene;
  const reach = MARK_PX * pointer.scene.typeScale;
  const found = [
    ...signs.alarms.map(({ thing: { id }, at }) => spot(pointer, { kind: 'alarm', id }, ...at, reach)),
    // The top of a pin stands above its place.
    ...signs.incidents
      .map(({ thing: { id }, at }) => spot(pointer, { kind: 'incident', id }, ...at, reach))
      .map((pin) => ({ ...pin, y: pin.y - reach })),
  ];
  return nearestSpot(found, pointer.x, pointer.y);
}

function pickMover(
  pointer: Pointer,
  kind: 'unit' | 'vehicle',
  rows: readonly number[],
  motion: GlideTable,
  roster: ReadonlyMap<number, { id: string }>,
): Selectable | undefined {
  const spots = rows.flatMap((row): Spot[] => {
    const id = roster.get(row)?.id;
    return id === undefined
      ? []
      : [
          spot(
            pointer,
            { kind, id },
            motion.drawn[2 * row] ?? NaN,
            motion.drawn[2 * row + 1] ?? NaN,
            VEHICLE_PX * pointer.scene.typeScale,
          ),
        ];
  });
  return nearestSpot(spots, pointer.x, pointer.y);
}

const pickUnit: Picker = (pointer) => {
  const { layers, tables, unitRoster } = pointer.scene;
  return layers.units
    ? pickMover(
        pointer,
        'unit',
        tables.units.rows.filter((row) => tables.units.state(row).status !== 'offDuty'),
        tables.units.motion,
        unitRoster,
      )
    : undefined;
};

const pickVehicle: Picker = (pointer) => {
  const { layers, tables, vehicleRoster } = pointer.scene;
  return layers.vehicles
    ? pickMover(pointer, 'vehicle', tables.vehicles.rows, tables.vehicles.motion, vehicleRoster)
    : undefined;
};

const pickReport: Picker = (pointer) =>
  nearestSpot(
    pointer.scene.signs.reports
      .filter(({ thing }) => thing.kind === 'report')
      .map(({ thing: { id }, at }) => spot(pointer, { kind: 'report', id }, ...at, MARK_PX)),
    pointer.x,
    pointer.y,
  );

const pickDetector: Picker = (pointer) => {
  const { network, layers, zoom } = pointer.scene;
  if (network === undefined || !layers.detectors || zoom < DETECTORS_FROM_ZOOM) return undefined;
  return nearestSpot(
    network.detectors.map(({ id, lon, lat }) => spot(pointer, { kind: 'detector', id }, lon, lat, DOT_PX)),
    pointer.x,
    pointer.y,
  );
};

/** The degrees of longitude that the pixels cover: the reach of a search in the trees. */
const degrees = ({ view, size, x, y }: Pointer, px: number): number =>
  unproject(view, size, x + px, y)[0] - unproject(view, size, x, y)[0];

const pickMeter: Picker = (pointer) => {
  const { meters: index, layers, zoom, tables } = pointer.scene;
  if (index === undefined || !layers.meters || zoom < TROUBLE_FROM_ZOOM) return undefined;
  const { meters, tree } = index;
  const [lon, lat] = unproject(pointer.view, pointer.size, pointer.x, pointer.y);
  const isDrawn = (row: number): boolean =>
    zoom >= POINTS_FROM_ZOOM ||
    ['leak', 'highUse', 'noVoltage', 'voltage', 'tamper'].includes(meterState(tables.meters, row));
  const rows = tree.nearest(lon, lat, CANDIDATES, degrees(pointer, DOT_PX), isDrawn);
  return nearestSpot(
    rows.map((row) =>
      spot(pointer, { kind: 'meter', id: meters.ids[row] ?? '' }, meters.lon[row] ?? 0, meters.lat[row] ?? 0, DOT_PX),
    ),
    pointer.x,
    pointer.y,
  );
};

/**
 * The nearest link of those that may be picked. Of the two directions of a road, which are drawn side by side, it is
 * the one on the pointer's side.
 */
function nearestLink(pointer: Pointer, mayPick: (row: number) => boolean): string | undefined {
  const { network } = pointer.scene;
  if (network === undefined) return undefined;
  const [lon, lat] = unproject(pointer.view, pointer.size, pointer.x, pointer.y);
  const rows = network.linkTree.nearest(lon, lat, CANDIDATES, degrees(pointer, LINE_PX), mayPick);
  let best: { id: string; px: number } | undefined;
  for (const row of rows) {
    const link = network.links[row];
    if (link === undefined) continue;
    const { px, side } = distanceToPath(
      link.path.map(([x, y]) => project(pointer.view, pointer.size, x, y)),
      pointer.x,
      pointer.y,
    );
    const judged = px + (side > 0 ? 0 : 2);
    if (px <= LINE_PX && judged < (best?.px ?? Infinity)) best = { id: link.id, px: judged };
  }
  return best?.id;
}

const pickLink: Picker = (pointer) => {
  const { layers, tables } = pointer.scene;
  const id = layers.traffic ? nearestLink(pointer, (row) => tables.links.isKnown(row)) : undefined;
  return id === undefined ? undefined : { kind: 'link', id };
};

/** The link under a pixel, with nothing else in its way, for a form that lets people choose links. */
export const pickLinkAt = (scene: MapScene, view: MapView, size: Size, x: number, y: number): string | undefined =>
  nearestLink({ scene, view, size, x, y }, () => true);

const subjectKind = (kind: Zone['kind']): 'feeder' | 'zone' => (kind === 'feeder' ? 'feeder' : 'zone');

const pickZone: Picker = ({ scene, view, size, x, y }) => {
  if (scene.zoom > ZONES_UNTIL_ZOOM) return undefined;
  const [lon, lat] = unproject(view, size, x, y);
  const isDrawn = ({ kind, id }: Zone): boolean =>
    scene.layers[kind] &&
    (scene.zoom >= OUTLINES_FROM_ZOOM[kind] || scene.alarms.priorityOf(subjectKind(kind), id) !== undefined);
  const zone = scene.map?.zones.find((candidate) => isDrawn(candidate) && isInside(candidate.outline, lon, lat));
  return zone === undefined ? undefined : { kind: subjectKind(zone.kind), id: zone.id };
};

/** Top to bottom, as things are drawn. */
const pickers: readonly Picker[] = [
  pickMarker,
  pickUnit,
  pickVehicle,
  pickReport,
  pickDetector,
  pickMeter,
  pickLink,
  pickZone,
];

/**
 * Finds what is under a pixel of the canvas. This runs on the CPU, because reading a picking buffer back would stall
 * the drawing.
 */
export function pickSubject(scene: MapScene, view: MapView, size: Size, x: number, y: number): Selectable | undefined {
  for (const pick of pickers) {
    const subject = pick({ scene, view, size, x, y });
    if (subject !== undefined) return subject;
  }
  return undefined;
}
