import type { roadClasses } from '../../shared/county/county.ts';
import { distance, type Point } from '../geometry/plane.ts';
import { lengthOf } from '../geometry/polyline.ts';

export type RoadClass = (typeof roadClasses)[number];

export type Road = {
  name: string;
  roadClass: RoadClass;
  from: number;
  to: number;
  path: Point[];
  isOneWay: boolean;
  /** Index of the place that the street belongs to; -1 in the country. */
  place: number;
  /** For a street: its block number from the main street, which gives the house numbers. */
  block: number;
};

/**
 * Speed limits in mph times the share that remains after signals and side friction, and lane capacities near those of
 * HCM 2010.
 */
const mph = 0.44704;
const standards: Record<RoadClass, { town: number; country: number; lanes: number; laneVph: number }> = {
  freeway: { town: 65 * mph, country: 70 * mph, lanes: 2, laneVph: 2100 },
  ramp: { town: 38 * mph, country: 38 * mph, lanes: 1, laneVph: 1500 },
  arterial: { town: 33 * mph, country: 54 * mph, lanes: 1, laneVph: 1100 },
  collector: { town: 29 * mph, country: 50 * mph, lanes: 1, laneVph: 800 },
  local: { town: 24 * mph, country: 42 * mph, lanes: 1, laneVph: 500 },
};

export function standardOf(road: Road, isSeat: boolean): { freeFlowMps: number; lanes: number; capacityVph: number } {
  const { town, country, lanes, laneVph } = standards[road.roadClass];
  const width = isSeat && road.roadClass === 'arterial' ? 2 : lanes;
  return { freeFlowMps: road.place >= 0 ? town : country, lanes: width, capacityVph: width * laneVph };
}

/** The road network while it is being built: nodes and the roads between them. */
export class RoadBuilder {
  readonly nodes: Point[] = [];
  #roads: Road[] = [];

  get roads(): readonly Road[] {
    return this.#roads;
  }

  addNode(point: Point): number {
    return this.nodes.push(point) - 1;
  }

  nodeAt(index: number): Point {
    const point = this.nodes[index];
    if (point === undefined) throw new RangeError(`no node ${index}`);
    return point;
  }

  /** Adds a road. The ends of its path are moved onto the nodes. A road without length is left out. */
  add(road: Omit<Road, 'path'> & { path?: readonly Point[] }): void {
    const [a, b] = [this.nodeAt(road.from), this.nodeAt(road.to)];
    const inner = (road.path ?? []).slice(1, -1).filter((point) => distance(point, a) > 1 && distance(point, b) > 1);
    const path = [a, ...inner, b];
    if (road.from !== road.to && lengthOf(path) > 2) this.#roads.push({ ...road, path });
  }

  keep(isKept: (road: Road) => boolean): void {
    this.#roads = this.#roads.filter(isKept);
  }

  /** The number of roads at each node. */
  degrees(): Uint16Array {
    const degrees = new Uint16Array(this.nodes.length);
    for (const { from, to } of this.#roads) {
      degrees[from] = (degrees[from] ?? 0) + 1;
      degrees[to] = (degrees[to] ?? 0) + 1;
    }
    return degrees;
  }

  /**
   * Cuts dead-end country roads, except those that end at the county line, back to their last junction, and removes
   * roads that are not connected to the rest.
   */
  tidy(isCountyLine: (point: Point) => boolean): void {
    for (let round = 0; round < 12; round++) {
      const degrees = this.degrees();
      const before = this.#roads.length;
      const leads = (node: number): boolean => (degrees[node] ?? 0) > 1 || isCountyLine(this.nodeAt(node));
      this.keep(
        (road) =>
          road.place >= 0 || road.isOneWay || road.roadClass === 'arterial' || (leads(road.from) && leads(road.to)),
      );
      if (this.#roads.length === before) break;
    }
    const component = this.#components();
    const sizes = new Map<number, number>();
    for (const { from } of this.#roads) sizes.set(component(from), (sizes.get(component(from)) ?? 0) + 1);
    const [largest] = [...sizes].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [-1, 0]);
    this.keep(({ from }) => component(from) === largest);
  }

  /** Finds the connected components by union–find over the nodes. */
  #components(): (node: number) => number {
    const parent = Int32Array.from(this.nodes, (_, i) => i);
    const root = (node: number): number => {
      let at = node;
      while (parent[at] !== at) {
        parent[at] = parent[parent[at] ?? at] ?? at;
        at = parent[at] ?? at;
      }
      return at;
    };
    for (const { from, to } of this.#roads) parent[root(from)] = root(to);
    return root;
  }
}
