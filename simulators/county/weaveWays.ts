import { crossing, distance, lerp, type Point } from '../geometry/plane.ts';
import { distancesAlong, type Polyline, slice } from '../geometry/polyline.ts';
import type { RoadBuilder, RoadClass } from './RoadBuilder.ts';

/** A road through the country before it is cut at its junctions. `pins` are the junctions found so far. */
export type Way = { name: string; roadClass: RoadClass; path: Polyline; pins: { atM: number; node: number }[] };

const CELL_M = 400;
/** Junctions on one way that are nearer to each other than this are merged into one. */
const MERGE_M = 28;

/** Finds where the ways cross one another, makes junctions there, and adds the roads between the junctions. */
export function weaveWays(book: RoadBuilder, ways: readonly Way[]): void {
  const alias = new Map<number, number>();
  const final = (node: number): number => {
    const next = alias.get(node);
    return next === undefined ? node : final(next);
  };
  pinCrossings(book, ways);
  for (const way of ways) {
    for (const [a, b] of pairs(sortedPins(book, way))) {
      if (b.atM - a.atM < MERGE_M && final(a.node) !== final(b.node)) alias.set(final(b.node), final(a.node));
    }
  }
  for (const way of ways) {
    for (const [a, b] of pairs(sortedPins(book, way))) {
      const [from, to] = [final(a.node), final(b.node)];
      if (from === to) continue;
      book.add({
        name: way.name,
        roadClass: way.roadClass,
        from,
        to,
        path: slice(way.path, a.atM, b.atM),
        isOneWay: false,
        place: -1,
        block: 0,
      });
    }
  }
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.slice(1).map((item, i) => [items[i] as T, item]);
}

/** The junctions in order, with nodes at both ends. */
function sortedPins(book: RoadBuilder, way: Way): { atM: number; node: number }[] {
  const total = distancesAlong(way.path).at(-1) ?? 0;
  const end = (atM: number, point: Point | undefined): void => {
    if (point !== undefined && !way.pins.some((pin) => Math.abs(pin.atM - atM) < 1))
      way.pins.push({ atM, node: book.addNode(point) });
  };
  end(0, way.path[0]);
  end(total, way.path.at(-1));
  return way.pins.toSorted((a, b) => a.atM - b.atM);
}

type Segment = { way: number; a: Point; b: Point; fromM: number };

function pinCrossings(book: RoadBuilder, ways: readonly Way[]): void {
  const segments: Segment[] = ways.flatMap((way, index) => {
    const along = distancesAlong(way.path);
    return pairs(way.path).map(([a, b], i) => ({ way: index, a, b, fromM: along[i] ?? 0 }));
  });
  const seen = new Set<number>();
  for (const cell of cellsOf(segments).values()) {
    cell.forEach((first, i) => {
      for (const second of cell.slice(i + 1)) {
        const [one, two] = [segments[first], segments[second]];
        const key = first * segments.length + second;
        if (one === undefined || two === undefined || one.way === two.way || seen.has(key)) continue;
        seen.add(key);
        const hit = crossing(one.a, one.b, two.a, two.b);
        if (hit !== undefined) pin(book, ways, one, hit.along, two, hit.other);
      }
    });
  }
}

function pin(book: RoadBuilder, ways: readonly Way[], one: Segment, along: number, two: Segment, other: number): void {
  const [way, cross] = [ways[one.way], ways[two.way]];
  if (way === undefined || cross === undefined) return;
  const [atM, crossM] = [one.fromM + along * distance(one.a, one.b), two.fromM + other * distance(two.a, two.b)];
  const near =
    way.pins.find((known) => Math.abs(known.atM - atM) < MERGE_M) ??
    cross.pins.find((known) => Math.abs(known.atM - crossM) < MERGE_M);
  const node = near?.node ?? book.addNode(lerp(one.a, one.b, along));
  if (!way.pins.some((known) => known.node === node)) way.pins.push({ atM, node });
  if (!cross.pins.some((known) => known.node === node)) cross.pins.push({ atM: crossM, node });
}

/** Segments by the cells of a square grid that their bounding boxes touch. */
function cellsOf(segments: readonly Segment[]): Map<string, number[]> {
  const cells = new Map<string, number[]>();
  segments.forEach(({ a, b }, index) => {
    for (let x = Math.floor(Math.min(a[0], b[0]) / CELL_M); x <= Math.floor(Math.max(a[0], b[0]) / CELL_M); x++) {
      for (let y = Math.floor(Math.min(a[1], b[1]) / CELL_M); y <= Math.floor(Math.max(a[1], b[1]) / CELL_M); y++) {
        const cell = cells.get(`${x},${y}`);
        if (cell === undefined) cells.set(`${x},${y}`, [index]);
        else cell.push(index);
      }
    }
  });
  return cells;
}
