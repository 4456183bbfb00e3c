import type { Unit } from '../../../shared/county/county.ts';
import type { Member, Tags } from './decodeBlock.ts';
import { NodeStore } from './NodeStore.ts';
import type { OsmFile } from './OsmFile.ts';
import { areaKindOf, barrierOf, isRiver, placeRankOf, roadKindOf, stationKindOf } from './tagRules.ts';

export type Bounds = readonly [west: number, south: number, east: number, north: number];
export type Way = { id: number; refs: readonly number[]; tags: Tags };
export type Relation = { id: number; members: readonly Member[]; tags: Tags };
type Station = { kind: Unit['kind']; name: string; lon: number; lat: number };

/** What an extract has of a county. Objects that touch the bounds are here whole, as far as the file has them. */
export type Collected = {
  roads: Way[];
  /** Closed ways and lines of the base map. */
  shapes: Way[];
  /** Areas whose edge is made of several ways, and those ways. */
  multipolygons: Relation[];
  edges: Map<number, readonly number[]>;
  restrictions: Relation[];
  places: { lon: number; lat: number; tags: Tags }[];
  barriers: Map<number, 'openable' | 'solid'>;
  stations: Station[];
  /** Whether a node lies within the bounds. */
  isInside: (id: number) => boolean;
  positionOf: (id: number) => [number, number] | undefined;
  /** What was not taken, by its kind. */
  leftOut: Map<string, number>;
};

type Work = {
  file: OsmFile;
  bounds: Bounds | undefined;
  onProgress: (what: string, share: number) => void;
  nodes: NodeStore;
  /** Nodes beyond the bounds, of areas that touch them. */
  beyond: NodeStore;
  /** Ways that touch the bounds and are nothing by themselves, but may be edges of areas. */
  plainWays: Set<number>;
  found: Collected;
};

export const count = (counts: Map<string, number>, name: string): void =>
  void counts.set(name, (counts.get(name) ?? 0) + 1);

function readNodes({ file, bounds, nodes, found, onProgress }: Work): void {
  const [west, south, east, north] = (bounds ?? [-180, -90, 180, 90]).map((each) => Math.round(each * 1e7));
  const node = (id: number, lon: number, lat: number, tags: (() => Tags) | undefined): void => {
    if (lon < (west ?? 0) || lon > (east ?? 0) || lat < (south ?? 0) || lat > (north ?? 0)) return;
    nodes.add(id, lon, lat);
    if (tags === undefined) return;
    const known = tags();
    const [station, barrier] = [stationKindOf(known), barrierOf(known)];
    const at = { lon: lon / 1e7, lat: lat / 1e7 };
    if (placeRankOf(known) !== undefined) found.places.push({ ...at, tags: known });
    if (station !== undefined) found.stations.push({ kind: station, name: known.get('name') ?? '', ...at });
    if (barrier !== undefined) found.barriers.set(id, barrier);
  };
  file.read('node', { node }, (share) => onProgress('nodes', share));
}

/** A station that is drawn as a building stands where that building begins. */
function addStation({ nodes, found }: Work, { refs, tags }: Way): void {
  const kind = stationKindOf(tags);
  const at = refs.map((ref) => nodes.at(ref)).find((each) => each !== undefined);
  if (kind !== undefined && at !== undefined)
    found.stations.push({ kind, name: tags.get('name') ?? '', lon: at[0], lat: at[1] });
}

function sortWay(work: Work, way: Way): void {
  const { found, plainWays } = work;
  const { tags } = way;
  const highway = tags.get('highway');
  addStation(work, way);
  if (roadKindOf(tags) !== undefined) found.roads.push(way);
  else if (isRiver(tags) || (areaKindOf(tags) !== undefined && way.refs[0] === way.refs.at(-1))) found.shapes.push(way);
  else plainWays.add(way.id);
  if (roadKindOf(tags) !== undefined) return;
  if (highway !== undefined) count(found.leftOut, `highway=${highway}${tags.get('area') === 'yes' ? ' (area)' : ''}`);
  else if (tags.get('route') === 'ferry') count(found.leftOut, 'route=ferry');
}

function readWays(work: Work): void {
  const way = (id: number, refs: readonly number[], tags: () => Tags): void => {
    if (refs.some((ref) => work.nodes.has(ref))) sortWay(work, { id, refs, tags: tags() });
  };
  work.file.read('way', { way }, (share) => work.onProgress('ways', share));
}

function readRelations({ file, found, plainWays, onProgress }: Work): void {
  const roads = new Set(found.roads.map(({ id }) => id));
  const shapes = new Set(found.shapes.map(({ id }) => id));
  const relation = (id: number, members: readonly Member[], readTags: () => Tags): void => {
    const tags = readTags();
    const type = tags.get('type');
    const touches = (ways: ReadonlySet<number>): boolean =>
      members.some((member) => member.kind === 'way' && ways.has(member.id));
    if (type === 'restriction' || type?.startsWith('restriction:') === true) {
      if (touches(roads)) found.restrictions.push({ id, members, tags });
    } else if ((type === 'multipolygon' || type === 'boundary') && areaKindOf(tags) !== undefined) {
      if (touches(plainWays) || touches(shapes) || touches(roads)) found.multipolygons.push({ id, members, tags });
    }
  };
  file.read('relation', { relation }, (share) => onProgress('relations', share));
}

/** Reads the ways that are edges of areas, and the nodes beyond the bounds that complete areas and rivers. */
function completeAreas({ file, found, nodes, beyond, onProgress }: Work): void {
  const wanted = new Set(
    found.multipolygons.flatMap(({ members }) => members.filter(({ kind }) => kind === 'way').map(({ id }) => id)),
  );
  if (wanted.size > 0) {
    const way = (id: number, refs: readonly number[]): void => {
      if (wanted.has(id)) found.edges.set(id, refs);
    };
    file.read('way', { way }, (share) => onProgress('edges of areas', share));
  }
  const missing = new Set<number>();
  for (const refs of [...found.edges.values(), ...found.shapes.map((shape) => shape.refs)])
    for (const ref of refs) if (!nodes.has(ref)) missing.add(ref);
  if (missing.size === 0) return;
  const node = (id: number, lon: number, lat: number): void => {
    if (missing.has(id)) beyond.add(id, lon, lat);
  };
  file.read('node', { node }, (share) => onProgress('nodes beyond the bounds', share));
}

/**
 * Reads from a file what a county needs, in passes: the nodes within the bounds, the ways that touch them, the
 * relations of these, and then what completes areas that reach beyond. Memory is that of the county, whatever the size
 * of the file.
 */
export function collect(
  file: OsmFile,
  bounds: Bounds | undefined,
  onProgress: (what: string, share: number) => void,
): Collected {
  const [nodes, beyond] = [new NodeStore(), new NodeStore()];
  const found: Collected = {
    roads: [],
    shapes: [],
    multipolygons: [],
    edges: new Map(),
    restrictions: [],
    places: [],
    barriers: new Map(),
    stations: [],
    isInside: (id) => nodes.has(id),
    positionOf: (id) => nodes.at(id) ?? beyond.at(id),
    leftOut: new Map(),
  };
  const work: Work = { file, bounds, onProgress, nodes, beyond, plainWays: new Set(), found };
  readNodes(work);
  readWays(work);
  readRelations(work);
  completeAreas(work);
  return found;
}
