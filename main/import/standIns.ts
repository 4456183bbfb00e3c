import { distanceM } from '../../shared/base/geometry/distanceM.ts';
import type { Detector, Link, Unit } from '../../shared/county/county.ts';

type Place = { name: string; lon: number; lat: number };
type Station = Place & { kind: Unit['kind'] };

const MOST_DETECTORS = 250;
/** A link that is shorter has no room for a detector between its junctions. */
const SHORTEST_M = 90;
const APART_M = 400;
const PERIOD_S = 60;
const classes: readonly Link['roadClass'][] = ['freeway', 'arterial', 'ramp', 'collector'];

/** The middle of a line by its length. */
function middleOf({ path }: Link): [number, number] {
  const steps = path.slice(1).map(([lon, lat], at) => distanceM(path[at]?.[0] ?? lon, path[at]?.[1] ?? lat, lon, lat));
  let left = steps.reduce((sum, step) => sum + step, 0) / 2;
  for (const [at, step] of steps.entries()) {
    const [from, to] = [path[at], path[at + 1]];
    if (from !== undefined && to !== undefined && left <= step && step > 0)
      return [from[0] + ((to[0] - from[0]) * left) / step, from[1] + ((to[1] - from[1]) * left) / step];
    left -= step;
  }
  return path[0] ?? [0, 0];
}

/**
 * Detectors for a county that has none yet, so that the simulator can run it: in the middle of main roads, the most
 * important ones first, and some distance apart on each direction of a road.
 */
export function placeDetectors(links: readonly Link[]): Detector[] {
  const placed: Detector[] = [];
  const taken = new Map<string, [number, number][]>();
  const open = classes.flatMap((roadClass) =>
    links
      .filter((link) => link.roadClass === roadClass && link.lengthM >= SHORTEST_M && link.access === undefined)
      .toSorted((a, b) => b.lengthM - a.lengthM),
  );
  for (const link of open) {
    if (placed.length >= MOST_DETECTORS) break;
    const [lon, lat] = middleOf(link);
    const direction = `${link.name} ${link.id.endsWith('r') ? 'back' : ''}`;
    const near = taken.get(direction) ?? [];
    if (near.some(([otherLon, otherLat]) => distanceM(lon, lat, otherLon, otherLat) < APART_M)) continue;
    taken.set(direction, [...near, [lon, lat]]);
    const id = `SIM-${String(placed.length + 1).padStart(4, '0')}`;
    placed.push({ id, linkId: link.id, lon, lat, lanes: link.lanes, periodS: PERIOD_S, name: link.name });
  }
  return placed;
}

const callSigns = { police: 'Patrol', fire: 'Engine', ambulance: 'Medic', tow: 'Tow', roadCrew: 'Road crew' } as const;
type StandInKind = keyof typeof callSigns;
const MOST_STATIONS = 6;
const SAME_STATION_M = 150;

/** Units for a county that names none: one at each station of the map, and the others at its largest place. */
export function placeUnits(stations: readonly Station[], seat: Place): Unit[] {
  return (Object.keys(callSigns) as StandInKind[]).flatMap((kind) => {
    const bases: Place[] = [];
    for (const station of stations.filter((each) => each.kind === kind).toSorted((a, b) => (a.name < b.name ? 1 : -1)))
      if (bases.every(({ lon, lat }) => distanceM(lon, lat, station.lon, station.lat) > SAME_STATION_M))
        bases.push(station);
    return (bases.length === 0 ? [seat] : bases.slice(0, MOST_STATIONS)).map((base, at): Unit => ({
      id: `SIM-${kind.toUpperCase()}-${at + 1}`,
      kind,
      name: `${callSigns[kind]} ${at + 1}`,
      baseLon: base.lon,
      baseLat: base.lat,
      base: base.name === '' ? seat.name : base.name,
    }));
  });
}
