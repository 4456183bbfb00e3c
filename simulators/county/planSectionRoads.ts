import { distance, type Point } from '../geometry/plane.ts';
import { crossesRing } from '../geometry/polygon.ts';
import { nearestPoint, type Polyline } from '../geometry/polyline.ts';
import type { Random } from '../random/Random.ts';
import { ordinal } from './names.ts';
import type { Place } from './places.ts';
import type { RoadBuilder } from './RoadBuilder.ts';
import type { Sizes } from './sizes.ts';
import { crossesWater, type Terrain } from './terrain.ts';
import type { Way } from './weaveWays.ts';

const MILE_M = 1609.344;

/**
 * The grid of country roads along the section lines of the Public Land Survey, one mile apart. It has gaps at water, at
 * the freeway (few overpasses) and wherever nobody needed a road. Stretches of road that end at a town are led to its
 * nearest corner.
 */
export function planSectionRoads(
  book: RoadBuilder,
  places: readonly Place[],
  terrain: Terrain,
  freeway: Polyline,
  sizes: Sizes,
  random: Random,
): Way[] {
  const corners = book.nodes.map((point, node) => ({ point, node }));
  const ways: Way[] = [];
  const grid = (half: number): number[] => {
    const count = Math.floor(half / MILE_M);
    return Array.from({ length: 2 * count + 1 }, (_, i) => (i - count + 0.37) * MILE_M).filter(
      (at) => Math.abs(at) < half - 300,
    );
  };
  const lines = [
    ...grid(sizes.halfWidthM).map((x) => ({ x, isVertical: true })),
    ...grid(sizes.halfHeightM).map((y) => ({ x: y, isVertical: false })),
  ];
  lines.forEach(({ x, isVertical }, line) => {
    const isCountyRoad = line % 3 === 1;
    const at = (along: number): Point => (isVertical ? [x, along] : [along, x]);
    const half = isVertical ? sizes.halfHeightM : sizes.halfWidthM;
    const stops = [-half, ...grid(half), half];
    const isOpen = (a: Point, b: Point): boolean => {
      if (
        !random.chance(isCountyRoad ? 0.97 : 0.84) ||
        places.some((place) => distance(place.center, nearestOn(a, b, place.center)) < place.radius * 1.08 + 110)
      )
        return false;
      if (crossesWater(terrain, a, b) && !(isCountyRoad && random.chance(0.7) && staysOffLake(terrain, a, b)))
        return false;
      return (
        nearestPoint(freeway, nearestOn(a, b, nearestPoint(freeway, a).point)).metres > 160 ||
        (crosses(freeway, a, b) && random.chance(isCountyRoad ? 0.8 : 0.35))
      );
    };
    const name = isCountyRoad
      ? `County Road ${50 + line}`
      : `${ordinal(100 + 10 * line)} ${isVertical ? 'Avenue' : 'Street'}`;
    for (const run of runsOf(stops.map(at), isOpen))
      ways.push(
        leadToTowns({ name, roadClass: isCountyRoad ? 'collector' : 'local', path: run, pins: [] }, corners, terrain),
      );
  });
  return ways;
}

const staysOffLake = (terrain: Terrain, a: Point, b: Point): boolean =>
  terrain.waters.every(({ kind, ring }) => kind === 'river' || !crossesRing(ring, a, b));

const crosses = (line: Polyline, a: Point, b: Point): boolean => crossesRing(line, a, b);

function nearestOn(a: Point, b: Point, to: Point): Point {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const share = Math.min(1, Math.max(0, ((to[0] - a[0]) * dx + (to[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return [a[0] + dx * share, a[1] + dy * share];
}

/** Unbroken runs of consecutive stops whose pieces of road are open. */
function runsOf(stops: readonly Point[], isOpen: (a: Point, b: Point) => boolean): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  stops.forEach((stop, i) => {
    const before = stops[i - 1];
    if (before !== undefined && isOpen(before, stop)) run = run.length === 0 ? [before, stop] : [...run, stop];
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  });
  return run.length > 0 ? [...runs, run] : runs;
}

function leadToTowns(way: Way, corners: readonly { point: Point; node: number }[], terrain: Terrain): Way {
  const nearest = (to: Point): { point: Point; node: number } | undefined => {
    let best: { point: Point; node: number } | undefined;
    for (const corner of corners)
      if (distance(corner.point, to) < Math.min(1300, best === undefined ? 1300 : distance(best.point, to)))
        best = corner;
    return best !== undefined && !crossesWater(terrain, best.point, to) ? best : undefined;
  };
  const [first = [0, 0], last = [0, 0]] = [way.path[0], way.path.at(-1)];
  const [start, end] = [nearest(first), nearest(last)];
  const path = [...(start ? [start.point] : []), ...way.path, ...(end ? [end.point] : [])];
  const total = path.reduce((sum, point, i) => sum + (i === 0 ? 0 : distance(path[i - 1] ?? point, point)), 0);
  return {
    ...way,
    path,
    pins: [...(start ? [{ atM: 0, node: start.node }] : []), ...(end ? [{ atM: total, node: end.node }] : [])],
  };
}
