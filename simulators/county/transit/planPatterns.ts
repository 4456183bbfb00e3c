import type { Link } from '../../../shared/county/county.ts';
import type { Plane, Point } from '../../geometry/plane.ts';
import { distancesAlong, offset, placeAt } from '../../geometry/polyline.ts';
import type { Line } from './planLines.ts';

export type PlannedStop = { id: string; name: string; lon: number; lat: number };
/** One direction of a line: its shape and its stops, with distances from the start and seconds of running time. */
export type Pattern = {
  line: Line;
  directionId: 0 | 1;
  headsign: string;
  shape: [number, number][];
  stops: { stop: PlannedStop; distanceM: number; runS: number }[];
};

const STOP_SPACING_M = { town: 330, country: 1900 };
const BUS_SHARE_OF_FREE_FLOW = 0.78;
/** The average time lost by acceleration, braking and boarding at a stop. */
const STOP_LOSS_S = 24;

/**
 * Plans the patterns and their stops. Stops stand just after a junction, on the right; lines that pass the same way
 * share them.
 */
export function planPatterns(lines: readonly Line[], links: readonly Link[], plane: Plane): Pattern[] {
  const crossStreets = crossStreetsOf(links);
  const stops = new Map<string, PlannedStop>();
  const stopOn = (link: Link, at: Point): PlannedStop => {
    const known = stops.get(link.id);
    if (known !== undefined) return known;
    const cross = crossStreets(link.fromNode, link.name);
    const [lon, lat] = plane.toLonLat(at);
    const stop = {
      id: `S${String(stops.size + 1).padStart(4, '0')}`,
      name: cross === undefined ? link.name : `${link.name} & ${cross}`,
      lon,
      lat,
    };
    stops.set(link.id, stop);
    return stop;
  };
  return lines.flatMap((line) =>
    ([0, 1] as const).map((directionId) => makePattern(line, directionId, links, plane, stopOn)),
  );
}

function makePattern(
  line: Line,
  directionId: 0 | 1,
  links: readonly Link[],
  plane: Plane,
  stopOn: (link: Link, at: Point) => PlannedStop,
): Pattern {
  const way = line.ways[directionId].flatMap((index) => links[index] ?? []);
  const points = way.flatMap(({ path }, i) => (i === 0 ? path : path.slice(1))).map(plane.toPlane);
  const along = distancesAlong(points);
  const curb = offset(points, 5);
  const total = along.at(-1) ?? 0;
  const stops: Pattern['stops'] = [];
  let [startM, runS, lastM] = [0, 0, Number.NEGATIVE_INFINITY];
  way.forEach((link, i) => {
    const isTown = link.freeFlowMps < 16;
    const due = startM - lastM >= (isTown ? STOP_SPACING_M.town : STOP_SPACING_M.country);
    const isEnd = i === way.length - 1;
    if ((due && link.lengthM > 60 && total - startM > 250) || isEnd || i === 0) {
      const atM = isEnd ? total - 2 : startM + Math.min(22, link.lengthM / 3);
      const here = {
        stop: stopOn(link, placeAt(curb, along, atM).point),
        distanceM: Math.round(atM),
        runS: Math.round(runS + (atM - startM) / link.freeFlowMps / BUS_SHARE_OF_FREE_FLOW),
      };
      if (stops.at(-1)?.stop.id !== here.stop.id) stops.push(here);
      lastM = startM;
      runS += STOP_LOSS_S;
    }
    startM += link.lengthM;
    runS += link.lengthM / link.freeFlowMps / BUS_SHARE_OF_FREE_FLOW;
  });
  const ends = line.longName.split(' – ');
  const headsign = (directionId === 0 ? ends.at(-1) : ends[0]) ?? line.longName;
  return { line, directionId, headsign, shape: points.map(plane.toLonLat), stops };
}

/** The street that meets another at a node: the most important one with another name. */
function crossStreetsOf(links: readonly Link[]): (node: string, name: string) => string | undefined {
  const rank: Record<Link['roadClass'], number> = { freeway: 9, ramp: 9, arterial: 0, collector: 1, local: 2 };
  const at = new Map<string, Link[]>();
  for (const link of links) at.set(link.fromNode, [...(at.get(link.fromNode) ?? []), link]);
  return (node, name) =>
    (at.get(node) ?? [])
      .filter((link) => link.name !== name && rank[link.roadClass] < 9)
      .toSorted((a, b) => rank[a.roadClass] - rank[b.roadClass])[0]?.name;
}
