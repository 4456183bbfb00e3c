import Flatbush from 'flatbush';
import type { County, Zone } from '../../../shared/county/county.ts';
import { distanceM } from '../../../shared/base/geometry/distanceM.ts';
import { METRES_PER_DEGREE } from '../../../shared/base/geometry/metresPerDegree.ts';
import { isInside } from '../../../shared/base/geometry/isInside.ts';
import { ShapeLine } from '../../../shared/transit/ShapeLine.ts';
import { RoadMap } from '../domains/kit/RoadMap.ts';

/** A queue is not looked for farther up a road than this. */
const FARTHEST_UPSTREAM_M = 6000;
/** A route runs over a road when its line comes so near to the middles of the road's links. */
const ON_ROUTE_M = 30;
/** Outlines of neighbouring zones share their border up to differences of this size in how they were drawn. */
const BORDER_M = 150;

type Ground = Pick<County, 'links' | 'zones' | 'timetable'>;

/**
 * How things of the county lie in relation to one another: along a road, inside an area, on a route. Answers depend on
 * the county's files alone.
 */
export class CountyPlaces {
  readonly #county: Ground;
  readonly #roads: RoadMap;
  readonly #linkIndex: ReadonlyMap<string, number>;
  readonly #zones: ReadonlyMap<string, Zone>;
  readonly #into = new Map<string, number[]>();
  readonly #tree: Flatbush | undefined;
  readonly #lines = new Map<number, ShapeLine>();
  readonly #upstream = new Map<number, ReadonlyMap<number, number>>();
  readonly #known = new Map<string, boolean>();

  constructor(county: Ground) {
    this.#county = county;
    this.#roads = new RoadMap(county.links);
    this.#linkIndex = new Map(county.links.map(({ id }, index) => [id, index]));
    this.#zones = new Map(county.zones.map((zone) => [zone.id, zone]));
    county.links.forEach(({ toNode }, index) => this.#into.set(toNode, [...(this.#into.get(toNode) ?? []), index]));
    this.#tree = treeOf(county);
  }

  linkIndex(id: string): number | undefined {
    return this.#linkIndex.get(id);
  }

  /** The name of the link's road with its direction, such as "I-94 W". */
  roadName(index: number): string {
    return this.#roads.roadName(index);
  }

  /** The middle of the link; empty where it is not known. */
  middle(index: number): { lon?: number; lat?: number } {
    const [lon, lat] = this.#roads.middle(index) ?? [];
    return lon === undefined || lat === undefined ? {} : { lon, lat };
  }

  /** Freeways and ramps have no traffic signals. */
  hasSignals(index: number): boolean {
    const roadClass = this.#county.links[index]?.roadClass;
    return roadClass === 'arterial' || roadClass === 'collector' || roadClass === 'local';
  }

  /** Indices in the county's links of those that pass within so many metres of a position. */
  linksNear(lon: number, lat: number, metres: number): number[] {
    const high = metres / METRES_PER_DEGREE;
    const wide = high / Math.cos((lat * Math.PI) / 180);
    const found = this.#tree?.search(lon - wide, lat - high, lon + wide, lat + high) ?? [];
    return found.filter((index) => this.#line(index).project(lon, lat).offM <= metres).sort((a, b) => a - b);
  }

  /**
   * The links of the same road upstream of this one, itself included, with the metres between the middles of the two.
   * The search ends where a queue no longer reaches.
   */
  upstream(head: number): ReadonlyMap<number, number> {
    const known = this.#upstream.get(head);
    if (known !== undefined) return known;
    const found = new Map([[head, 0]]);
    const open = [head];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const link = this.#county.links[index];
      if (link === undefined || link.name === '') continue;
      for (const before of this.#into.get(link.fromNode) ?? []) {
        const other = this.#county.links[before];
        if (other === undefined || other.name !== link.name || other.fromNode === link.toNode) continue;
        const metres = (found.get(index) ?? 0) + (link.lengthM + other.lengthM) / 2;
        if (metres > FARTHEST_UPSTREAM_M || metres >= (found.get(before) ?? Number.POSITIVE_INFINITY)) continue;
        found.set(before, metres);
        open.push(before);
      }
    }
    this.#upstream.set(head, found);
    return found;
  }

  isInArea(zoneId: string, lon: number, lat: number): boolean {
    return isInside(this.#zones.get(zoneId)?.outline ?? [], lon, lat);
  }

  /** Whether two zones have a border with one another. */
  areNeighbours(zoneA: string, zoneB: string): boolean {
    return this.#once(`zones ${[zoneA, zoneB].sort().join(' ')}`, () => {
      const [a, b] = [this.#zones.get(zoneA)?.outline ?? [], this.#zones.get(zoneB)?.outline ?? []];
      if (a.length === 0 || b.length === 0) return false;
      const [lineA, lineB] = [new ShapeLine(a), new ShapeLine(b)];
      return (
        a.some(([lon, lat]) => lineB.project(lon, lat).offM <= BORDER_M) ||
        b.some(([lon, lat]) => lineA.project(lon, lat).offM <= BORDER_M)
      );
    });
  }

  /** Whether a route runs over the road up to so many metres upstream of a link. */
  routePasses(routeId: string, head: number, metres: number): boolean {
    return this.#once(`route ${routeId} ${head} ${metres}`, () => {
      const middles = [...this.upstream(head)].flatMap(([index, awayM]) => {
        const middle = awayM <= metres ? this.#roads.middle(index) : undefined;
        return middle === undefined ? [] : [middle];
      });
      const lines = (this.#county.timetable?.routes.get(routeId)?.shapes ?? [])
        .filter((shape) => shape.length > 0)
        .map((shape) => new ShapeLine(shape));
      return lines.some((line) => middles.some(([lon, lat]) => line.project(lon, lat).offM <= ON_ROUTE_M));
    });
  }

  #line(index: number): ShapeLine {
    const line = this.#lines.get(index) ?? new ShapeLine(this.#county.links[index]?.path ?? [[0, 0]]);
    this.#lines.set(index, line);
    return line;
  }

  #once(question: string, answer: () => boolean): boolean {
    const known = this.#known.get(question);
    if (known !== undefined) return known;
    const found = answer();
    this.#known.set(question, found);
    return found;
  }
}

/** A search tree over the boxes of the links; Flatbush refuses to be empty. */
function treeOf({ links }: Ground): Flatbush | undefined {
  if (links.length === 0) return undefined;
  const tree = new Flatbush(links.length);
  for (const { path } of links) {
    const [lons, lats] = [path.map(([lon]) => lon), path.map(([, lat]) => lat)];
    tree.add(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats));
  }
  tree.finish();
  return tree;
}

/** Metres between two positions; infinite where one is not known. */
export function metresBetween(a: { lon?: number; lat?: number }, b: { lon?: number; lat?: number }): number {
  if (a.lon === undefined || a.lat === undefined || b.lon === undefined || b.lat === undefined)
    return Number.POSITIVE_INFINITY;
  return distanceM(a.lon, a.lat, b.lon, b.lat);
}
