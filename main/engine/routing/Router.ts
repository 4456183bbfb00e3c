import { Landmarks } from './Landmarks.ts';
import { Reach, OFF_ROAD_MPS, openOnes, TURN_ROUND_S, wayAlong } from './Reach.ts';
import type { Way } from './Reach.ts';
import type { Place, RoadNetwork, Spot } from './RoadNetwork.ts';
import { searchForward } from './searchForward.ts';
import type { Found } from './searchForward.ts';
import type { TravelTimes } from './TravelTimes.ts';
import type { Rights } from './TurnGraph.ts';

/** What the best way is: the fastest, or the shortest. */
type Measure = 'time' | 'length';
/** Under which rules, when and by which travel times somebody drives. */
export type Terms = {
  rights: Rights;
  times: TravelTimes;
  atMs: number;
  /** Links that nobody can drive on. */
  closed?: ReadonlySet<number>;
  measure?: Measure;
};
/** A way, and when its end is reached at the earliest and the latest, in seconds after the start. */
export type Route = Way & { earliestS: number; latestS: number };
/** Why there is no way: in words, for the person who asked. */
type Refusal = { refusal: string };

const NOTHING_CLOSED: ReadonlySet<number> = new Set();
/** Where the nearest road leads nowhere, as on a parking lot, one of the network may be taken within this distance. */
const DETACHED_M = 300;
/** The two directions of a street lie within this distance. */
const SAME_ROAD_M = 15;
/** How far a way may be from what was foreseen, as shares, where traffic is measured and where it is not. */
const SPREAD = { measured: { less: 0.08, more: 0.15 }, assumed: { less: 0.15, more: 0.35 } } as const;

/** An alternative differs from each way before it in this share of its length, and takes at most so much longer. */
const LEAST_DIFFERENCE = 0.3;
const LONGEST_FACTOR = 1.5;
/** Links of a way that was found cost so much more in the search for another one, each time they are found. */
const PENALTY = 1.4;
const MOST_TRIALS = 8;

/** Links are worth a limited number of metres or seconds, however traffic is. */
type Bounds = { landmarks: Landmarks; leastOn: (linkIndex: number) => number };

/**
 * Ways between any two places, by the traffic of the moment: A* with landmarks over the turns that are allowed
 * (`searchForward`). A search asks for the travel times of the links that it looks at, so new times cost nothing, and
 * may foresee how traffic is when a link is reached.
 */
export class Router {
  readonly #network: RoadNetwork;
  readonly #bounds = new Map<string, Bounds>();
  readonly #isGradual: boolean;

  /** Where it is gradual, the first searches are slow, and `prepare` makes them fast step by step. */
  constructor(network: RoadNetwork, isGradual = false) {
    this.#network = network;
    this.#isGradual = isGradual;
  }

  /**
   * Prepares searches by some rights a step further, which takes two searches of the whole network; false where nothing
   * is left to be done.
   */
  prepare(rights: Rights): boolean {
    return this.#boundsFor({ rights }).landmarks.grow();
  }

  /** The best way, without the distance between the places and the road (`from.offM`, `to.offM`). */
  route(from: Place, to: Place, terms: Terms): Route | Refusal {
    const [starts, ends] = [this.#spots(from, terms), this.#spots(to, terms)];
    if (starts.length === 0 || ends.length === 0) {
      const which = starts.length === 0 ? 'start' : 'destination';
      return { refusal: `No road is within 20 km of the ${which}: it lies outside the network.` };
    }
    const found = this.#search(from, starts, ends, terms) ?? this.#besides(from, to, starts, ends, terms);
    return found === undefined ? { refusal: this.#whyNot(starts, ends, terms) } : this.#routeOf(found, terms);
  }

  /** The best way from one of some spots to one of others; undefined where there is none. */
  between(starts: readonly Spot[], ends: readonly Spot[], terms: Terms): Route | undefined {
    const found = this.#search(undefined, starts, ends, terms);
    return found && this.#routeOf(found, terms);
  }

  /** The best way and others that differ from it and from each other in at least 30 % of their length, best first. */
  alternatives(from: Place, to: Place, terms: Terms, most = 3): Route[] {
    const first = this.route(from, to, terms);
    if ('refusal' in first) return [];
    const routes = [first];
    const penalties = new Map<number, number>();
    const [starts, ends] = [this.#spots(from, terms), this.#spots(to, terms)];
    let latest: Pick<Route, 'links'> = first;
    for (let trial = 0; trial < MOST_TRIALS && routes.length < most; trial++) {
      for (const link of latest.links) penalties.set(link, (penalties.get(link) ?? 1) * PENALTY);
      const found = this.#search(from, starts, ends, terms, penalties);
      if (found === undefined) break;
      const route = this.#routeOf(found, terms);
      latest = route;
      const isWorthIt = this.#cost(route, terms) <= LONGEST_FACTOR * this.#cost(first, terms);
      if (isWorthIt && routes.every((other) => this.#difference(route, other) >= LEAST_DIFFERENCE)) routes.push(route);
    }
    return routes;
  }

  /** The ways of several to one place in a single search; undefined for each that has none. */
  matrix(from: readonly Place[], to: Place, terms: Terms): (Way | undefined)[] {
    const starts = from.map((place) => this.#spots(place, terms));
    const reach = new Reach({
      network: this.#network,
      targets: this.#spots(to, terms),
      secondsOn: (link) => terms.times.secondsOn(link, terms.atMs),
      starts: starts.flat(),
      rights: terms.rights,
      ...(terms.closed !== undefined && { closed: terms.closed }),
    });
    return starts.map((spots, at) => reach.from(spots, from[at]));
  }

  #spots(place: Place, { rights }: Terms): Spot[] {
    const graph = this.#network.graphFor(rights);
    return this.#network.spotsNear(place, (link) => graph.startOf(link) !== undefined);
  }

  /**
   * Looks for a way from the nearest roads of the main network, where those that are nearest are cut off from it, as a
   * parking lot whose entrance the map lacks.
   */
  #besides(from: Place, to: Place, starts: readonly Spot[], ends: readonly Spot[], terms: Terms): Found | undefined {
    const graph = this.#network.graphFor(terms.rights);
    const { landmarks } = this.#boundsFor(terms);
    const leads = ({ linkIndex }: Spot): boolean => {
      const state = graph.startOf(linkIndex);
      return state !== undefined && landmarks.leadsToMain(state);
    };
    const isReached = ({ linkIndex }: Spot): boolean =>
      graph.endsOf(linkIndex).some((state) => landmarks.isReachedFromMain(state));
    if (starts.some(leads) && ends.some(isReached)) return undefined;
    const [mainStarts, mainEnds] = [this.#mainSpots(from, starts, leads), this.#mainSpots(to, ends, isReached)];
    return mainStarts.length === 0 || mainEnds.length === 0
      ? undefined
      : this.#search(from, mainStarts, mainEnds, terms);
  }

  #mainSpots(place: Place, spots: readonly Spot[], isMain: (spot: Spot) => boolean): Spot[] {
    if (spots.some(isMain)) return spots.filter(isMain);
    const near = this.#network.within(place, DETACHED_M).filter(isMain);
    const [nearest] = near;
    return nearest === undefined ? [] : near.filter(({ offM }) => offM - nearest.offM <= SAME_ROAD_M);
  }

  #search(
    from: Place | undefined,
    starts: readonly Spot[],
    ends: readonly Spot[],
    terms: Terms,
    penalties?: ReadonlyMap<number, number>,
  ): Found | undefined {
    const { closed = NOTHING_CLOSED } = terms;
    const { landmarks, leastOn } = this.#boundsFor(terms);
    const costOn = this.#costOn(terms, leastOn);
    const isTime = terms.measure !== 'length';
    return searchForward({
      graph: this.#network.graphFor(terms.rights),
      landmarks,
      leastOn,
      closed,
      sources: openOnes(starts, closed).map((spot) => {
        const isAgainst = from !== undefined && this.#network.isAgainst(from, spot.linkIndex, spot.share);
        return { spot, cost: isTime ? spot.offM / OFF_ROAD_MPS + (isAgainst ? TURN_ROUND_S : 0) : spot.offM };
      }),
      targets: openOnes(ends, closed),
      costOn: penalties === undefined ? costOn : (link, atCost) => costOn(link, atCost) * (penalties.get(link) ?? 1),
    });
  }

  #costOn({ times, atMs, measure }: Terms, leastOn: Bounds['leastOn']): (link: number, atCost: number) => number {
    if (measure === 'length') return leastOn;
    return (link, atCost) => Math.max(leastOn(link), times.secondsOn(link, atMs + atCost * 1000));
  }

  #boundsFor({ rights, measure = 'time' }: Pick<Terms, 'rights' | 'measure'>): Bounds {
    const key = `${rights} ${measure}`;
    const known = this.#bounds.get(key);
    if (known !== undefined) return known;
    const least = Float64Array.from(this.#network.links, ({ lengthM, freeFlowMps }) =>
      measure === 'length' ? lengthM : lengthM / freeFlowMps,
    );
    const leastOn = (link: number): number => least[link] ?? Number.POSITIVE_INFINITY;
    const landmarks = new Landmarks(this.#network.graphFor(rights), leastOn);
    if (!this.#isGradual) while (landmarks.grow());
    const bounds = { landmarks, leastOn };
    this.#bounds.set(key, bounds);
    return bounds;
  }

  /** The time of a way that was found, link by link, with its band. */
  #routeOf({ links, from, to }: Found, terms: Terms): Route {
    const { times, atMs } = terms;
    const { leastOn } = this.#boundsFor({ ...terms, measure: 'time' });
    const costOn = this.#costOn({ ...terms, measure: 'time' }, leastOn);
    let [seconds, earliestS, latestS] = [0, 0, 0];
    links.forEach((link, at) => {
      const share = (at === links.length - 1 ? to.share : 1) - (at === 0 ? from.share : 0);
      const onLink = share * costOn(link, seconds);
      const spread = times.isMeasured?.(link, atMs + seconds * 1000) === true ? SPREAD.measured : SPREAD.assumed;
      seconds += onLink;
      earliestS += onLink * (1 - spread.less);
      latestS += onLink * (1 + spread.more);
    });
    const way = wayAlong(this.#network, { seconds, links, from, to });
    return { ...way, metres: way.metres - from.offM, earliestS, latestS };
  }

  #cost(route: Route, { measure }: Terms): number {
    return measure === 'length' ? route.metres : route.seconds;
  }

  /** The share of a route's length that another one does not have. */
  #difference(route: Route, other: Route): number {
    const common = new Set(other.links);
    const own = route.links.filter((link) => !common.has(link));
    const length = (links: readonly number[]): number =>
      links.reduce((sum, link) => sum + (this.#network.links[link]?.lengthM ?? 0), 0);
    return length(own) / (length(route.links) || 1);
  }

  #whyNot(starts: readonly Spot[], ends: readonly Spot[], terms: Terms): string {
    const open = terms.closed === undefined ? undefined : this.#search(undefined, starts, ends, withoutClosures(terms));
    return open === undefined
      ? 'No road leads from the start to the destination: they lie in parts of the network that are not connected.'
      : 'Every road there is closed.';
  }
}

function withoutClosures({ closed: _, ...terms }: Terms): Terms {
  return terms;
}
