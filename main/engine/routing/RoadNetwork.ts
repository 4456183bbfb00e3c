import Flatbush from 'flatbush';
import { METRES_PER_DEGREE } from '../../../shared/base/geometry/metresPerDegree.ts';
import type { Link, Turn } from '../../../shared/county/county.ts';
import { TurnGraph } from './TurnGraph.ts';
import type { Rights } from './TurnGraph.ts';

/** A place on a link: `share` of its length from its beginning, `offM` metres beside it. */
export type Spot = { linkIndex: number; share: number; offM: number };
/** Where something is; the heading is given only where it moves. */
export type Place = { lon: number; lat: number; headingDeg?: number | undefined };

type Segment = {
  linkIndex: number;
  ax: number;
  ay: number;
  bx: number;
  by: number;
  /** Share of the link at its beginning and its end. */ from: number;
  to: number;
};

/** The two directions of a street lie on one line or close together, those of a freeway have a median between them. */
const SAME_ROAD_M = { street: 15, freeway: 5 } as const;
const FIRST_REACH_M = 100;
const FARTHEST_M = 20_000;

const isFreeway = ({ roadClass }: Link): boolean => roadClass === 'freeway' || roadClass === 'ramp';

/**
 * The roads, an index to find the link that something is on, and the graphs of those who drive on them. Links are named
 * by their index in the county's list.
 */
export class RoadNetwork {
  readonly links: readonly Link[];
  readonly #turns: readonly Turn[];
  readonly #graphs = new Map<Rights, TurnGraph>();
  readonly #segments: Segment[] = [];
  /** Where each link's segments begin. */
  readonly #firstSegment: number[] = [];
  readonly #index: Flatbush | undefined;
  readonly #narrow: number;

  constructor(links: readonly Link[], turns: readonly Turn[] = []) {
    this.links = links;
    this.#turns = turns;
    this.#narrow = Math.cos(((links[0]?.path[0]?.[1] ?? 0) * Math.PI) / 180);
    links.forEach((link, linkIndex) => {
      this.#firstSegment.push(this.#segments.length);
      this.#cut(link, linkIndex);
    });
    this.#index = this.#segments.length === 0 ? undefined : indexOf(this.#segments);
  }

  /** The roads as those may drive who have given rights; made when it is asked for first. */
  graphFor(rights: Rights): TurnGraph {
    const graph = this.#graphs.get(rights) ?? new TurnGraph(this.links, this.#turns, rights);
    this.#graphs.set(rights, graph);
    return graph;
  }

  /** Whether traffic of the other direction is on another road, which cannot be crossed to. */
  isDivided(linkIndex: number): boolean {
    const link = this.links[linkIndex];
    return link !== undefined && isFreeway(link);
  }

  /**
   * The links on which something may be: the nearest one, the other direction of the same street, and at a crossing
   * those that meet there. A moving thing on a freeway is on the side of its direction. Nothing where the nearest road
   * is farther than 20 km. `isUsable` leaves out links that do not count.
   */
  spotsNear(place: Place, isUsable: (linkIndex: number) => boolean = () => true): Spot[] {
    const spots = this.#nearest(place, isUsable);
    const best = spots[0];
    if (best === undefined) return [];
    const reachM = best.offM + (this.isDivided(best.linkIndex) ? SAME_ROAD_M.freeway : SAME_ROAD_M.street);
    const near = spots.filter(({ offM }) => offM <= reachM);
    const forward = near.filter(
      ({ linkIndex, share }) => !this.isDivided(linkIndex) || !this.isAgainst(place, linkIndex, share),
    );
    return forward.length === 0 ? near : forward;
  }

  /** The place on one given link that is nearest. */
  spotOn(linkIndex: number, place: Place): Spot {
    const [x, y] = this.#toPlane(place);
    const spots = this.#segmentsOf(linkIndex).map((segment) => project(segment, x, y));
    return spots.reduce<Spot>((best, spot) => (spot.offM < best.offM ? spot : best), {
      linkIndex,
      share: 0.5,
      offM: Number.POSITIVE_INFINITY,
    });
  }

  /** Whether a moving thing faces against a link's direction there. */
  isAgainst({ headingDeg }: Place, linkIndex: number, share: number): boolean {
    if (headingDeg === undefined) return false;
    const bearing = this.bearingAt(linkIndex, share);
    return bearing !== undefined && Math.cos(((bearing - headingDeg) * Math.PI) / 180) < 0;
  }

  #segmentsOf(linkIndex: number): Segment[] {
    return this.#segments.slice(this.#firstSegment[linkIndex] ?? 0, this.#firstSegment[linkIndex + 1]);
  }

  /** The nearest place on each link within a distance, nearest first. */
  within({ lon, lat }: Place, reachM: number): Spot[] {
    return this.#spotsIn(this.#toPlane({ lon, lat }), reachM, () => true).filter(({ offM }) => offM <= reachM);
  }

  /** The direction in which a link leads at a share of its length, in degrees clockwise from north. */
  bearingAt(linkIndex: number, share: number): number | undefined {
    const segment = this.#segmentsOf(linkIndex).find(({ from, to }) => share >= from && share <= to);
    if (segment === undefined) return undefined;
    const bearing = (Math.atan2(segment.bx - segment.ax, segment.by - segment.ay) * 180) / Math.PI;
    return (bearing + 360) % 360;
  }

  #nearest(place: Place, isUsable: (linkIndex: number) => boolean): Spot[] {
    const at = this.#toPlane(place);
    for (let reachM = FIRST_REACH_M; reachM <= FARTHEST_M; reachM *= 4) {
      const spots = this.#spotsIn(at, reachM, isUsable);
      // A link beyond the reach may be nearer than one that was found at the corners of the searched square.
      if (spots[0] !== undefined && spots[0].offM + SAME_ROAD_M.street <= reachM) return spots;
    }
    return [];
  }

  /** The nearest place on each link of a square around a place, nearest first. */
  #spotsIn([x, y]: readonly [number, number], reachM: number, isUsable: (linkIndex: number) => boolean): Spot[] {
    const hits = this.#index?.search(x - reachM, y - reachM, x + reachM, y + reachM) ?? [];
    const byLink = new Map<number, Spot>();
    for (const hit of hits) {
      const segment = this.#segments[hit];
      if (segment === undefined || !isUsable(segment.linkIndex)) continue;
      const spot = project(segment, x, y);
      if (spot.offM < (byLink.get(spot.linkIndex)?.offM ?? Number.POSITIVE_INFINITY)) byLink.set(spot.linkIndex, spot);
    }
    return [...byLink.values()].sort((a, b) => a.offM - b.offM || a.linkIndex - b.linkIndex);
  }

  #toPlane({ lon, lat }: Place): [x: number, y: number] {
    return [lon * METRES_PER_DEGREE * this.#narrow, lat * METRES_PER_DEGREE];
  }

  #cut({ path }: Link, linkIndex: number): void {
    const points = path.map(([lon, lat]) => this.#toPlane({ lon, lat }));
    const steps = points.slice(1).map(([x, y], i) => Math.hypot(x - (points[i]?.[0] ?? x), y - (points[i]?.[1] ?? y)));
    const total = steps.reduce((sum, step) => sum + step, 0);
    let doneM = 0;
    steps.forEach((step, i) => {
      const [a, b] = [points[i], points[i + 1]];
      if (a === undefined || b === undefined || step === 0) return;
      this.#segments.push({
        linkIndex,
        ax: a[0],
        ay: a[1],
        bx: b[0],
        by: b[1],
        from: doneM / total,
        to: (doneM + step) / total,
      });
      doneM += step;
    });
  }
}

function indexOf(segments: readonly Segment[]): Flatbush {
  const index = new Flatbush(segments.length);
  for (const { ax, ay, bx, by } of segments)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  index.finish();
  return index;
}

function project({ linkIndex, ax, ay, bx, by, from, to }: Segment, x: number, y: number): Spot {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return { linkIndex, share: from + (to - from) * along, offM: Math.hypot(x - ax - along * dx, y - ay - along * dy) };
}
