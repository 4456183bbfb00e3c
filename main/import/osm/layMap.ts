import { isInside } from '../../../shared/base/geometry/isInside.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '../../../shared/base/geometry/metresPerDegree.ts';
import type { MapFeature } from '../../../shared/county/county.ts';
import { count } from './collect.ts';
import type { Bounds, Collected, Relation } from './collect.ts';
import { areaKindOf, isRiver, placeRankOf } from './tagRules.ts';

type Position = [number, number];
type Ring = Position[];
/** A feature of the base map with one area, which may have holes. */
export type MapPart = MapFeature & { rings: Ring[] };

/** Bends of less than this are not drawn. */
const DETAIL_M = 4;
/** Areas smaller than this cannot be seen on the map of a county. */
const SMALLEST_M2 = 400;

/** Leaves out the places of a line that lie within `DETAIL_M` of it (Douglas and Peucker 1973), without recursion. */
function simplify(line: readonly Position[]): Ring {
  const narrow = metresPerDegreeLon(line[0]?.[1] ?? 0);
  const plane = line.map(([lon, lat]) => [lon * narrow, lat * METRES_PER_DEGREE] as const);
  const isKept = new Uint8Array(line.length);
  isKept[0] = isKept[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [from, to] = next;
    const [ax, ay] = plane[from] ?? [0, 0];
    const [bx, by] = plane[to] ?? [0, 0];
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy;
    let [farthest, farthestM] = [-1, DETAIL_M];
    for (let at = from + 1; at < to; at++) {
      const [x, y] = plane[at] ?? [0, 0];
      const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
      const off = Math.hypot(x - ax - along * dx, y - ay - along * dy);
      if (off > farthestM) [farthest, farthestM] = [at, off];
    }
    if (farthest < 0) continue;
    isKept[farthest] = 1;
    open.push([from, farthest], [farthest, to]);
  }
  return line.filter((_, at) => isKept[at] === 1);
}

/** The area of a ring in square metres (shoelace formula). */
function areaM2(ring: Ring): number {
  const narrow = metresPerDegreeLon(ring[0]?.[1] ?? 0) * METRES_PER_DEGREE;
  const [lon0, lat0] = ring[0] ?? [0, 0];
  return Math.abs(
    ring.slice(1).reduce((sum, [lon, lat], at) => {
      const [before, below] = ring[at] ?? [lon, lat];
      return sum + ((before - lon0) * (lat - lat0) - (lon - lon0) * (below - lat0)) / 2;
    }, 0) * narrow,
  );
}

/** Cuts a ring at one side of the bounds (Sutherland and Hodgman 1974). `axis` 0 is the longitude. */
function cutAt(ring: Ring, axis: 0 | 1, limit: number, isBelow: boolean): Ring {
  const isIn = (position: Position): boolean => (isBelow ? position[axis] <= limit : position[axis] >= limit);
  const other = axis === 0 ? 1 : 0;
  const kept: Ring = [];
  ring.forEach((to, at) => {
    const from = ring.at(at - 1) ?? to;
    if (isIn(from) !== isIn(to)) {
      const share = (limit - from[axis]) / (to[axis] - from[axis]);
      const crossing = from[other] + share * (to[other] - from[other]);
      kept.push(axis === 0 ? [limit, crossing] : [crossing, limit]);
    }
    if (isIn(to)) kept.push(to);
  });
  return kept;
}

function clip(ring: Ring, [west, south, east, north]: Bounds): Ring {
  const open = ring.slice(0, -1);
  const cut = cutAt(cutAt(cutAt(cutAt(open, 0, west, false), 0, east, true), 1, south, false), 1, north, true);
  const [first] = cut;
  return first === undefined ? [] : [...cut, first];
}

/** Joins ways at their ends to rings; undefined where they do not close, as where the file lacks some of them. */
function joinRings(ways: readonly (readonly number[])[]): number[][] | undefined {
  const open = ways.filter(({ length }) => length > 1).map((refs) => [...refs]);
  const rings: number[][] = [];
  for (let ring = open.pop(); ring !== undefined; ring = open.pop()) {
    while (ring[0] !== ring.at(-1)) {
      const end = ring.at(-1);
      const at = open.findIndex((refs) => refs[0] === end || refs.at(-1) === end);
      const [next] = at < 0 ? [] : open.splice(at, 1);
      if (next === undefined) return undefined;
      ring.push(...(next[0] === end ? next : next.reverse()).slice(1));
    }
    rings.push(ring);
  }
  return rings;
}

type Work = { found: Collected; bounds: Bounds };

/** A ring as it is drawn; undefined where it is too small, or the file lacks places of it. */
function drawn(refs: readonly number[], { found, bounds }: Work): Ring | undefined {
  const places = refs.map((ref) => found.positionOf(ref));
  if (places.some((place) => place === undefined)) return undefined;
  const ring = simplify(clip(places as Ring, bounds));
  return ring.length >= 4 && areaM2(ring) >= SMALLEST_M2 ? ring : undefined;
}

const named = (name: string | undefined): { name?: string } => (name === undefined ? {} : { name });

function partsOf({ members, tags }: Relation, work: Work): MapPart[] {
  const kind = areaKindOf(tags);
  const edgesOf = (isInner: boolean): (readonly number[])[] =>
    members
      .filter((member) => member.kind === 'way' && (member.role === 'inner') === isInner)
      .flatMap(({ id }) => [work.found.edges.get(id) ?? []]);
  const [outer, inner] = [joinRings(edgesOf(false)), joinRings(edgesOf(true)) ?? []];
  if (kind === undefined || outer === undefined) {
    count(work.found.leftOut, 'area whose edge is not closed');
    return [];
  }
  const holes = inner.flatMap((refs) => [drawn(refs, work) ?? []]).filter(({ length }) => length > 0);
  return outer.flatMap((refs) => {
    const ring = drawn(refs, work);
    if (ring === undefined) return [];
    const within = holes.filter(([first]) => first !== undefined && isInside(ring, first[0], first[1]));
    return [{ kind, ...named(tags.get('name')), rings: [ring, ...within] }];
  });
}

function lineOf(refs: readonly number[], { isInside: isHere, positionOf }: Collected): Ring[] {
  const lines: Ring[] = [[]];
  for (const ref of refs) {
    const place = isHere(ref) ? positionOf(ref) : undefined;
    if (place === undefined) lines.push([]);
    else lines.at(-1)?.push(place);
  }
  return lines.filter(({ length }) => length > 1).map(simplify);
}

/** The base map: rivers, areas and places. Boundaries are left to `outline`. */
export function layMap(found: Collected, bounds: Bounds): MapPart[] {
  const work = { found, bounds };
  const ways = found.shapes.flatMap(({ refs, tags }): MapPart[] => {
    const name = named(tags.get('name'));
    if (isRiver(tags)) return lineOf(refs, found).map((line) => ({ kind: 'river', ...name, rings: [line] }));
    const [kind, ring] = [areaKindOf(tags), drawn(refs, work)];
    return kind === undefined || kind === 'boundary' || ring === undefined ? [] : [{ kind, ...name, rings: [ring] }];
  });
  const areas = found.multipolygons
    .filter(({ tags }) => areaKindOf(tags) !== 'boundary')
    .flatMap((relation) => partsOf(relation, work));
  const places = found.places.map(({ lon, lat, tags }): MapPart => ({
    kind: 'place',
    ...named(tags.get('name')),
    rank: placeRankOf(tags) ?? 0,
    rings: [],
    point: [lon, lat],
  }));
  return [...areas, ...ways, ...places];
}

/** The box around some places. */
export function boxOf(places: readonly Position[]): Bounds {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const [lon, lat] of places) {
    [box[0], box[2]] = [Math.min(box[0], lon), Math.max(box[2], lon)];
    [box[1], box[3]] = [Math.min(box[1], lat), Math.max(box[3], lat)];
  }
  return box;
}

/** The share that two boxes have in common, of what both cover. */
function overlap(a: Bounds, b: Bounds): number {
  const size = ([west, south, east, north]: Bounds): number => Math.max(0, east - west) * Math.max(0, north - south);
  const common = size([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);
  return common / (size(a) + size(b) - common || 1);
}

/** An area counts as the county where it fills the bounds at least so far, and the file has so much of its edge. */
const LEAST_OVERLAP = 0.5;
const LEAST_EDGE = 0.75;

/** An administrative area with the box around it; its rings are undefined where the file lacks a part of its edge. */
function administrative(
  { members, tags }: Relation,
  found: Collected,
): { name: string; rings?: Ring[]; box: Bounds }[] {
  const ways = members.filter(({ kind }) => kind === 'way');
  const known = ways.flatMap(({ id }) => [found.edges.get(id) ?? []]).filter(({ length }) => length > 0);
  const places = known.flat().flatMap((ref) => [found.positionOf(ref) ?? []] as Ring);
  if (places.length === 0 || known.length < LEAST_EDGE * ways.length) return [];
  const rings = known.length < ways.length ? undefined : joinRings(known);
  const everywhere: Bounds = [-180, -90, 180, 90];
  const whole = rings?.flatMap((refs) => [drawn(refs, { found, bounds: everywhere }) ?? []]);
  return [{ name: tags.get('name') ?? '', box: boxOf(places), ...(whole !== undefined && { rings: whole }) }];
}

/**
 * The boundary of the county, with its name where the file has an administrative area that fills the bounds; the bounds
 * themselves where there is none, or a part of its edge is missing.
 */
export function outline(found: Collected, bounds: Bounds): MapPart[] {
  const [west, south, east, north] = bounds;
  const [best] = found.multipolygons
    .filter(({ tags }) => areaKindOf(tags) === 'boundary' && tags.has('name'))
    .flatMap((relation) => administrative(relation, found))
    .filter(({ box }) => overlap(box, bounds) >= LEAST_OVERLAP)
    .toSorted((a, b) => overlap(b.box, bounds) - overlap(a.box, bounds));
  const corners: Ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const rings = best?.rings?.filter(({ length }) => length > 0) ?? [];
  return (rings.length === 0 ? [corners] : rings).map((ring) => ({
    kind: 'boundary',
    ...named(best?.name),
    rings: [ring],
  }));
}
