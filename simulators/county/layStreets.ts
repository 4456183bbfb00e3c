import { add, direction, distance, type Point, polar, rotate, subtract } from '../geometry/plane.ts';
import type { Random } from '../random/Random.ts';
import { hash, uniform } from '../random/hash.ts';
import { nameStreets } from './names.ts';
import type { Place } from './places.ts';
import type { RoadBuilder, RoadClass } from './RoadBuilder.ts';
import { crossesWater, type Terrain } from './terrain.ts';

export type Gateway = { node: number; point: Point; outward: Point };
/** What the rest of the county needs to know of a town's streets. */
export type Town = { gateways: Gateway[]; parks: Point[][] };

/** Distance between streets along and across the main street. */
const BLOCK_M = { along: 165, across: 108 };

type Lattice = {
  nodes: Map<string, number>;
  at: (i: number, j: number) => Point;
  reach: number;
  isPark: (i: number, j: number) => boolean;
};

/**
 * A town's streets: a grid aligned to its main street that becomes irregular towards the edge, where blocks merge and
 * streets bend. Only main streets bridge water.
 */
export function layStreets(
  book: RoadBuilder,
  places: readonly Place[],
  index: number,
  terrain: Terrain,
  seed: number,
  random: Random,
): Town {
  const place = places[index] as Place;
  const names = nameStreets(random.fork(1));
  const parks = place.kind === 'village' ? [] : choosePark(place, random.fork(2));
  const lattice = makeLattice(book, place, terrain, seed + index, parks);
  const lay = (i: number, j: number, di: number, dj: number): void => {
    const [from, to] = [lattice.nodes.get(key(i, j)), lattice.nodes.get(key(i + di, j + dj))];
    const line = di === 1 ? j : i;
    if (from === undefined || to === undefined) return;
    const roadClass = streetClass(place, line);
    const share = distance(lattice.at(i, j), place.center) / place.radius;
    if (roadClass === 'local' && isLeftOut(seed + index, i, j, di, share)) return;
    if (roadClass !== 'arterial' && crossesWater(terrain, book.nodeAt(from), book.nodeAt(to))) return;
    const name = di === 1 ? names.street(line) : names.avenue(line);
    book.add({ name, roadClass, from, to, isOneWay: false, place: index, block: di === 1 ? i : j });
  };
  for (let i = -lattice.reach; i <= lattice.reach; i++) {
    for (let j = -lattice.reach; j <= lattice.reach; j++) {
      if (!lattice.isPark(i, j) || !lattice.isPark(i + 1, j)) lay(i, j, 1, 0);
      if (!lattice.isPark(i, j) || !lattice.isPark(i, j + 1)) lay(i, j, 0, 1);
    }
  }
  return { gateways: gatewaysOf(lattice, place), parks: parks.map((park) => parkRing(park, lattice)) };
}

const key = (i: number, j: number): string => `${i},${j}`;

function streetClass(place: Place, line: number): RoadClass {
  if (line === 0) return 'arterial';
  if (place.kind === 'seat' && Math.abs(line) === 7) return 'arterial';
  const every = place.kind === 'seat' ? 4 : 3;
  return place.kind !== 'village' && line % every === 0 ? 'collector' : 'local';
}

/** Whether a street piece is left out: towards the edge more and more are missing, so that blocks become larger. */
function isLeftOut(seed: number, i: number, j: number, di: number, share: number): boolean {
  const loose = Math.max(0, share - 0.45);
  const isLongBlock = di === 0 && uniform(seed, i, 77) < loose * 1.1;
  return isLongBlock || uniform(seed, i, j, di) < 0.03 + 0.2 * loose;
}

function makeLattice(book: RoadBuilder, place: Place, terrain: Terrain, seed: number, parks: readonly Park[]): Lattice {
  const reach = Math.ceil((place.radius * 1.5) / BLOCK_M.across);
  const at = (i: number, j: number): Point =>
    bend(place, seed, add(place.center, rotate([i * BLOCK_M.along, j * BLOCK_M.across], place.angle)));
  const isPark = (i: number, j: number): boolean =>
    parks.some((park) => i > park.i && i < park.i + park.width && j > park.j && j < park.j + park.height);
  const nodes = new Map<string, number>();
  for (let i = -reach; i <= reach; i++) {
    for (let j = -reach; j <= reach; j++) {
      const point = at(i, j);
      const [x, y] = subtract(point, place.center);
      const isInside = Math.hypot(x, y) < place.reach(Math.atan2(y, x));
      if (isInside && !isPark(i, j) && !crossesWater(terrain, point, add(point, [1, 1])))
        nodes.set(key(i, j), book.addNode(point));
    }
  }
  return { nodes, at, reach, isPark };
}

/** Shifts a point by long waves that move the outer streets by up to half a block and leave downtown straight. */
function bend(place: Place, seed: number, point: Point): Point {
  const [x, y] = subtract(point, place.center);
  const share = Math.hypot(x, y) / place.radius;
  const strength = place.kind === 'village' ? 14 : 80 * Math.max(0, share - 0.42) ** 1.1;
  const phase = (hash(seed, 5) % 628) / 100;
  return add(point, [
    strength * Math.sin(y / 260 + phase) + strength * 0.6 * Math.sin(x / 410 + 2 * phase),
    strength * Math.sin(x / 300 + 1.7 * phase),
  ]);
}

/** A park takes the place of `width` by `height` blocks. */
type Park = { i: number; j: number; width: number; height: number };

function choosePark(place: Place, random: Random): Park[] {
  const count = place.kind === 'seat' ? 4 : 1;
  return Array.from({ length: count }, () => {
    const [i, j] = rotate(polar(random.between(0, 2 * Math.PI), place.radius * random.between(0.25, 0.7)), 0);
    const spot = {
      i: Math.round(i / BLOCK_M.along),
      j: Math.round(j / BLOCK_M.across),
      width: random.integer(2, 3),
      height: random.integer(2, 4),
    };
    // Main streets go past a park, not through it.
    const clear = (from: number, size: number): number => (from < 0 && from + size > 0 ? 1 : from);
    return { ...spot, i: clear(spot.i, spot.width), j: clear(spot.j, spot.height) };
  });
}

function parkRing({ i, j, width, height }: Park, lattice: Lattice): Point[] {
  const inset = 0.13;
  const [i0, i1, j0, j1] = [i + inset, i + width - inset, j + inset, j + height - inset];
  return [lattice.at(i0, j0), lattice.at(i1, j0), lattice.at(i1, j1), lattice.at(i0, j1), lattice.at(i0, j0)];
}

/** Where the main streets leave the town: the last corner of each of them in both directions. */
function gatewaysOf(lattice: Lattice, place: Place): Gateway[] {
  const lines = place.kind === 'seat' ? [0, 7, -7] : [0];
  const ways = lines.flatMap(
    (line) =>
      [
        [line, 0, 0, 1],
        [line, 0, 0, -1],
        [0, line, 1, 0],
        [0, line, -1, 0],
      ] as const,
  );
  return ways.flatMap(([i, j, di, dj]) => {
    let last: Gateway | undefined;
    for (let k = 1; k <= lattice.reach; k++) {
      const node = lattice.nodes.get(key(i + di * k, j + dj * k));
      const [point, before] = [lattice.at(i + di * k, j + dj * k), lattice.at(i + di * (k - 1), j + dj * (k - 1))];
      if (node === undefined || !lattice.nodes.has(key(i + di * (k - 1), j + dj * (k - 1)))) continue;
      last = { node, point, outward: direction(before, point) };
    }
    return last !== undefined && distance(last.point, place.center) > place.radius * 0.4 ? [last] : [];
  });
}
