import { add, crossing, direction, distance, lerp, type Point, rightOf, scale } from '../geometry/plane.ts';
import {
  distancesAlong,
  lengthOf,
  nearestPoint,
  offset,
  placeAt,
  type Polyline,
  resample,
  slice,
  smoothThrough,
} from '../geometry/polyline.ts';
import type { Random } from '../random/Random.ts';
import type { RoadBuilder } from './RoadBuilder.ts';
import type { Sizes } from './sizes.ts';
import type { Terrain } from './terrain.ts';
import type { Way } from './weaveWays.ts';

const FREEWAY_NAME = 'I-38';
const MEDIAN_M = 15;
/** Ramps leave and join this far before and after the crossing. */
const RAMP_REACH_M = 430;
const RAMP_FOOT_M = 190;
const LONGEST_LINK_M = 820;

/** The point where a ramp meets a carriageway; `atM` is measured along the middle line. */
type RampEnd = { atM: number; isEast: boolean; node: number };

/** The freeway's middle line, from west to east: it passes the seat's northern edge and keeps clear of the lake. */
export function planFreeway(sizes: Sizes, terrain: Terrain, random: Random): Polyline {
  const [w, h] = [sizes.halfWidthM, sizes.halfHeightM];
  const beside = sizes.seatRadiusM * 1.17 + 420;
  let line: Polyline = [];
  for (let i = 0; i < 12; i++) {
    const west = random.between(0.02, 0.34) * h;
    const east = random.between(-0.3 - 0.06 * i, 0.3 - 0.1 * i) * h;
    const anchors: Point[] = [
      [-w, west],
      [-0.62 * w, west + random.between(-0.08, 0.12) * h],
      [-0.28 * w, beside * 1.05],
      [0, beside],
      [0.3 * w, beside * 0.6 + east * 0.4],
      [0.64 * w, east + random.between(-0.06, 0.06) * h],
      [w, east],
    ];
    line = resample(smoothThrough(anchors, 24), 90);
    if (terrain.lake === undefined || nearestPoint(line, terrain.lake.center).metres > terrain.lake.radius * 1.6 + 250)
      break;
  }
  return line;
}

/**
 * Chooses which crossing ways get an interchange (the important ones first, well apart), adds the feet of the ramps to
 * them as junctions, and returns the ramps' ends.
 */
export function layInterchanges(book: RoadBuilder, freeway: Polyline, ways: readonly Way[]): RampEnd[] {
  const along = distancesAlong(freeway);
  const total = along.at(-1) ?? 0;
  const chosen: Crossing[] = [];
  const ends: RampEnd[] = [];
  const weight = (way: Way): number => Number(way.roadClass === 'arterial') + Number(way.name.startsWith('State'));
  const ranked = ways.toSorted((a, b) => weight(b) - weight(a));
  for (const way of ranked) {
    const hit = crossingOf(freeway, along, way.path);
    if (hit === undefined || hit.atM < 1200 || hit.atM > total - 1200) continue;
    const isApart = chosen.every(
      (other) => Math.abs(other.atM - hit.atM) > (way.roadClass === 'arterial' ? 2 * RAMP_REACH_M + 500 : 3200),
    );
    const hasRoom = hit.wayM > RAMP_FOOT_M + 60 && hit.wayM < lengthOf(way.path) - RAMP_FOOT_M - 60;
    if (!isApart || !hasRoom) continue;
    chosen.push(hit);
    ends.push(...layRamps(book, freeway, hit, way));
  }
  return ends;
}

type Crossing = { atM: number; wayM: number; point: Point };

function crossingOf(freeway: Polyline, along: readonly number[], path: Polyline): Crossing | undefined {
  const pathAlong = distancesAlong(path);
  for (let i = 1; i < path.length; i++) {
    for (let k = 1; k < freeway.length; k++) {
      const [a, b, c, d] = [path[i - 1], path[i], freeway[k - 1], freeway[k]];
      const hit = a && b && c && d && crossing(a, b, c, d);
      if (!hit) continue;
      const wayM = (pathAlong[i - 1] ?? 0) + hit.along * distance(a, b);
      return { atM: (along[k - 1] ?? 0) + hit.other * distance(c, d), wayM, point: lerp(c, d, hit.other) };
    }
  }
  return undefined;
}

function layRamps(book: RoadBuilder, freeway: Polyline, hit: Crossing, way: Way): RampEnd[] {
  const rampEnds: RampEnd[] = [];
  const foot = (metres: number): { node: number; point: Point } => {
    const [, point = hit.point] = slice(way.path, 0, metres).slice(-2);
    const node = book.addNode(point);
    way.pins.push({ atM: metres, node });
    return { node, point };
  };
  const feet = [foot(hit.wayM - RAMP_FOOT_M), foot(hit.wayM + RAMP_FOOT_M)] as const;
  const heading = headingAt(freeway, hit.atM);
  const isFirstRight =
    (feet[0].point[0] - hit.point[0]) * rightOf(heading)[0] + (feet[0].point[1] - hit.point[1]) * rightOf(heading)[1] >
    0;
  for (const isEast of [true, false]) {
    const { node: footNode, point: footPoint } = feet[isFirstRight === isEast ? 0 : 1];
    for (const isExit of [true, false]) {
      const atM = hit.atM + RAMP_REACH_M * (isExit === isEast ? -1 : 1);
      const node = book.addNode(carriagewayPoint(freeway, atM, isEast));
      rampEnds.push({ atM, isEast, node });
      const path = rampPath(
        book.nodeAt(node),
        footPoint,
        headingAt(freeway, atM),
        (isExit ? 1 : -1) * (isEast ? 1 : -1),
      );
      const name = `${FREEWAY_NAME} ${isEast ? 'E' : 'W'} ${isExit ? 'exit to' : 'ramp from'} ${way.name}`;
      const ends = isExit ? { from: node, to: footNode, path } : { from: footNode, to: node, path: path.toReversed() };
      book.add({ name, roadClass: 'ramp', ...ends, isOneWay: true, place: -1, block: 0 });
    }
  }
  return rampEnds;
}

/** The path of a ramp: it leaves the freeway nearly parallel to it and then curves to the crossing road. */
function rampPath(from: Point, to: Point, heading: Point, sense: number): Point[] {
  const along = scale(heading, sense * distance(from, to) * 0.5);
  const knee = lerp(add(from, along), to, 0.4);
  return smoothThrough([from, lerp(add(from, scale(along, 0.55)), knee, 0.3), knee, to], 5);
}

const headingAt = (line: Polyline, metres: number): Point => {
  const [a = [0, 0], b = [1, 0]] = slice(line, Math.max(0, metres - 40), Math.min(lengthOf(line), metres + 40)).filter(
    (_, i, all) => i === 0 || i === all.length - 1,
  );
  return direction(a, b);
};

/**
 * A point on a carriageway. Both carriageways meet in one node at the county line, where traffic enters and leaves the
 * county.
 */
function carriagewayPoint(freeway: Polyline, metres: number, isEast: boolean): Point {
  const total = lengthOf(freeway);
  const apart = MEDIAN_M * Math.min(1, metres / 250, (total - metres) / 250);
  const { point } = placeAt(freeway, distancesAlong(freeway), metres);
  return add(point, scale(rightOf(headingAt(freeway, metres)), isEast ? apart : -apart));
}

/** Builds both carriageways, split at the ramps and into pieces of at most 820 m. */
export function layCarriageways(book: RoadBuilder, freeway: Polyline, rampEnds: readonly RampEnd[]): void {
  const total = lengthOf(freeway);
  const ends = {
    west: book.addNode(carriagewayPoint(freeway, 0, true)),
    east: book.addNode(carriagewayPoint(freeway, total, true)),
  };
  const apart = (share: number): number => MEDIAN_M * Math.min(1, (share * total) / 250, ((1 - share) * total) / 250);
  for (const isEast of [true, false]) {
    const line = offset(freeway, (share) => (isEast ? apart(share) : -apart(share)));
    const scaleTo = lengthOf(line) / total;
    const ramps = rampEnds.filter((end) => end.isEast === isEast).toSorted((a, b) => a.atM - b.atM);
    const stops = [{ atM: 0, node: ends.west }, ...ramps, { atM: total, node: ends.east }];
    for (let i = 1; i < stops.length; i++) {
      const [a, b] = [stops[i - 1], stops[i]];
      if (a === undefined || b === undefined) continue;
      layStretch(book, line, isEast, { atM: a.atM * scaleTo, node: a.node }, { atM: b.atM * scaleTo, node: b.node });
    }
  }
}

function layStretch(
  book: RoadBuilder,
  line: Polyline,
  isEast: boolean,
  a: { atM: number; node: number },
  b: { atM: number; node: number },
): void {
  const count = Math.max(1, Math.ceil((b.atM - a.atM) / LONGEST_LINK_M));
  let from = a;
  for (let i = 1; i <= count; i++) {
    const atM = a.atM + ((b.atM - a.atM) * i) / count;
    const path = slice(line, from.atM, atM);
    const to = i === count ? b : { atM, node: book.addNode(path.at(-1) ?? [0, 0]) };
    const ends = isEast
      ? { from: from.node, to: to.node, path }
      : { from: to.node, to: from.node, path: path.toReversed() };
    book.add({
      name: `${FREEWAY_NAME} ${isEast ? 'E' : 'W'}`,
      roadClass: 'freeway',
      ...ends,
      isOneWay: true,
      place: -1,
      block: 0,
    });
    from = to;
  }
}
