import Flatbush from 'flatbush';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { distanceM } from '../../../shared/base/geometry/distanceM.ts';
import type { Bounds } from './viewMath.ts';

type Point = readonly [number, number];
export type Link = RequestOutput<'county.network'>['links'][number];
export type Zone = RequestOutput<'county.map'>['zones'][number];
export type RoadClass = Link['roadClass'];
export type Road = { name: string; roadClass: RoadClass; path: Link['path']; lengthM: number };

/** A search tree over boxes. Unlike Flatbush itself, it may be empty. */
export type BoxIndex = {
  within: (bounds: Bounds) => number[];
  nearest: (
    lon: number,
    lat: number,
    most: number,
    reachDegrees: number,
    filter?: (item: number) => boolean,
  ) => number[];
};

function indexBoxes(count: number, boxOf: (item: number) => Bounds): BoxIndex {
  if (count === 0) return { within: () => [], nearest: () => [] };
  const tree = new Flatbush(count);
  for (let i = 0; i < count; i++) tree.add(...boxOf(i));
  tree.finish();
  return {
    within: (bounds) => tree.search(...bounds),
    nearest: (lon, lat, most, reach, filter) => tree.neighbors(lon, lat, most, reach, filter),
  };
}

export function boxOf(path: readonly Point[]): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of path) {
    west = Math.min(west, lon);
    south = Math.min(south, lat);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

/** Length of a path in metres. */
export function pathLengthM(path: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1], path[i]];
    if (a !== undefined && b !== undefined) sum += distanceM(a[0], a[1], b[0], b[1]);
  }
  return sum;
}

/**
 * Makes the roads of the links: two links that run in opposite directions on the same line are one road, which is drawn
 * once.
 */
export function roadsOf(links: readonly Link[]): Road[] {
  const seen = new Set<string>();
  return links.flatMap((link) => {
    const middle = link.path[link.path.length >> 1] ?? [0, 0];
    const ends = [link.path[0], link.path.at(-1)].map((point) => String(point)).sort();
    const key = `${ends.join('|')}|${link.path.length % 2 === 1 ? String(middle) : link.path.length}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ name: link.name, roadClass: link.roadClass, path: link.path, lengthM: pathLengthM(link.path) }];
  });
}

/** The links that can have a speed: those with a detector. */
function watchedRows(network: RequestOutput<'county.network'>): Set<number> {
  return new Set(network.detectors.map((detector) => detector.linkIndex));
}

export type NetworkIndex = {
  links: readonly Link[];
  roads: readonly Road[];
  detectors: RequestOutput<'county.network'>['detectors'];
  roadTree: BoxIndex;
  linkTree: BoxIndex;
  watched: ReadonlySet<number>;
  linkRow: ReadonlyMap<string, number>;
  detectorRow: ReadonlyMap<string, number>;
};

export function indexNetwork(network: RequestOutput<'county.network'>): NetworkIndex {
  const roads = roadsOf(network.links);
  return {
    links: network.links,
    roads,
    detectors: network.detectors,
    roadTree: indexBoxes(roads.length, (i) => boxOf(roads[i]?.path ?? [])),
    linkTree: indexBoxes(network.links.length, (i) => boxOf(network.links[i]?.path ?? [])),
    watched: watchedRows(network),
    linkRow: new Map(network.links.map((link, row) => [link.id, row])),
    detectorRow: new Map(network.detectors.map((detector, row) => [detector.id, row])),
  };
}

export type MeterIndex = { meters: RequestOutput<'county.meters'>; tree: BoxIndex; row: ReadonlyMap<string, number> };

export function indexMeters(meters: RequestOutput<'county.meters'>): MeterIndex {
  const tree = indexBoxes(meters.ids.length, (i) => {
    const [lon, lat] = [meters.lon[i] ?? 0, meters.lat[i] ?? 0];
    return [lon, lat, lon, lat];
  });
  return { meters, tree, row: new Map(meters.ids.map((id, i) => [id, i])) };
}
