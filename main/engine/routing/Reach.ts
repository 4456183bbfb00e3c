import FlatQueue from 'flatqueue';
import type { Place, RoadNetwork, Spot } from './RoadNetwork.ts';
import type { Rights, TurnGraph } from './TurnGraph.ts';

/** A way by road: its time and length, and the links in order, of which the first and the last are driven in part. */
export type Way = { seconds: number; metres: number; links: number[]; from: Spot; to: Spot };

/** `direct`: the target lies ahead on the same link. */
type Start = { seconds: number; from: Spot; direct: Spot | undefined };

type ReachOptions = {
  network: RoadNetwork;
  /** Where the ways lead to; the target that is reached first counts. */
  targets: readonly Spot[];
  /** Seconds from the beginning of a link to its end; above 0. */
  secondsOn: (linkIndex: number) => number;
  /**
   * Links that are closed to everybody. A unit that stands on one, with no open road beside it, may leave it, and a
   * closed link that the target is on may be entered.
   */
  closed?: ReadonlySet<number>;
  /**
   * Where the ways begin: the search ends when it has reached all of these, and only these may be asked for. Where it
   * is absent, any place may be asked for.
   */
  starts?: readonly Spot[];
  /** By which rules is driven; by default those of response vehicles. */
  rights?: Rights;
};

/** Speed across country, from where something stands to the road. */
export const OFF_ROAD_MPS = 5;
/** Time to turn round on a street. */
export const TURN_ROUND_S = 20;

/**
 * The fastest ways from all places to one: a single search from the target backwards (Dijkstra 1959, with a binary
 * heap), after which each start costs a look-up. Travel times are those of the moment for all links, also for those
 * that are reached later.
 */
export class Reach {
  readonly #options: ReachOptions;
  readonly #graph: TurnGraph;
  /** The seconds from the end of each state to the target, and the state that follows. */
  readonly #seconds: Float64Array;
  readonly #next: Int32Array;
  /** The target that a way from a state ends at, as an index of the targets; -1 where it drives the next link whole. */
  readonly #target: Int32Array;

  constructor(options: ReachOptions) {
    this.#options = { ...options, targets: openOnes(options.targets, options.closed) };
    this.#graph = options.network.graphFor(options.rights ?? 'response');
    this.#seconds = new Float64Array(this.#graph.stateCount).fill(Number.POSITIVE_INFINITY);
    this.#next = new Int32Array(this.#graph.stateCount).fill(-1);
    this.#target = new Int32Array(this.#graph.stateCount).fill(-1);
    this.#search();
  }

  /**
   * The fastest way from one of the spots, or undefined where there is none. `place` gives the heading, because turning
   * round takes time.
   */
  from(spots: readonly Spot[], place?: Place): Way | undefined {
    const best = this.#best(spots, place);
    return best && this.#wayOf(best);
  }

  /** The time of that way, or Infinity where there is none. */
  secondsFrom(spots: readonly Spot[], place?: Place): number {
    return this.#best(spots, place)?.seconds ?? Number.POSITIVE_INFINITY;
  }

  #best(spots: readonly Spot[], place: Place | undefined): Start | undefined {
    let best: Start | undefined;
    for (const from of openOnes(spots, this.#options.closed)) {
      const state = this.#graph.startOf(from.linkIndex);
      if (state === undefined) continue;
      const isAgainst = place !== undefined && this.#options.network.isAgainst(place, from.linkIndex, from.share);
      const startS = from.offM / OFF_ROAD_MPS + (isAgainst ? TURN_ROUND_S : 0);
      const whole = this.#options.secondsOn(from.linkIndex);
      const direct = this.#options.targets.find(
        ({ linkIndex, share }) => linkIndex === from.linkIndex && share >= from.share,
      );
      const onS = direct === undefined ? Number.POSITIVE_INFINITY : (direct.share - from.share) * whole;
      const aroundS = (1 - from.share) * whole + (this.#seconds[state] ?? Number.POSITIVE_INFINITY);
      const seconds = startS + Math.min(onS, aroundS);
      if (seconds < (best?.seconds ?? Number.POSITIVE_INFINITY))
        best = { seconds, from, direct: onS <= aroundS ? direct : undefined };
    }
    return best;
  }

  #wayOf({ seconds, from, direct }: Start): Way | undefined {
    const { network, targets } = this.#options;
    if (direct !== undefined) return wayAlong(network, { seconds, links: [from.linkIndex], from, to: direct });
    const links = [from.linkIndex];
    for (let state = this.#graph.startOf(from.linkIndex) ?? -1; ;) {
      const next = this.#next[state] ?? -1;
      if (next < 0) return undefined;
      links.push(this.#graph.linkOf[next] ?? -1);
      const to = targets[this.#target[state] ?? -1];
      if (to !== undefined) return wayAlong(network, { seconds, links, from, to });
      state = next;
    }
  }

  #search(): void {
    const { targets, secondsOn, closed, starts } = this.#options;
    const { linkOf, before } = this.#graph;
    const queue = new FlatQueue();
    const awaited = starts && new Set(starts.flatMap(({ linkIndex }) => this.#graph.startOf(linkIndex) ?? []));
    const relaxBefore = (next: number, seconds: number, target: number): void => {
      for (let at = before.from[next] ?? 0; at < (before.from[next + 1] ?? 0); at++) {
        const state = before.list[at] ?? -1;
        if (!(seconds < (this.#seconds[state] ?? 0))) continue;
        this.#seconds[state] = seconds;
        this.#next[state] = next;
        this.#target[state] = target;
        queue.push(state, seconds);
      }
    };
    targets.forEach(({ linkIndex, share }, target) => {
      for (const end of this.#graph.endsOf(linkIndex)) relaxBefore(end, share * secondsOn(linkIndex), target);
    });
    for (;;) {
      const reachedS = queue.peekValue();
      const state = queue.pop();
      if (state === undefined || reachedS === undefined) return;
      // A state stands in the queue once for every time that it was reached faster; only the last counts.
      if (reachedS > (this.#seconds[state] ?? 0)) continue;
      // Its time is final: what follows in the queue takes longer.
      if (awaited?.delete(state) === true && awaited.size === 0) return;
      const linkIndex = linkOf[state] ?? -1;
      if (closed?.has(linkIndex) !== true) relaxBefore(state, reachedS + secondsOn(linkIndex), -1);
    }
  }
}

/** A way with its length: whole links, but for the parts of the first and the last one. */
export function wayAlong({ links: all }: RoadNetwork, way: Omit<Way, 'metres'>): Way {
  const { links, from, to } = way;
  const lengthOf = (linkIndex: number): number => all[linkIndex]?.lengthM ?? 0;
  const whole = links.slice(0, -1).reduce((sum, linkIndex) => sum + lengthOf(linkIndex), 0);
  const onLast = to.share * lengthOf(to.linkIndex);
  return { ...way, metres: from.offM + whole + onLast - from.share * lengthOf(from.linkIndex) };
}

/** Where a spot on an open link is near, as at the end of a closed link, only those on open links count. */
export function openOnes(spots: readonly Spot[], closed: ReadonlySet<number> | undefined): readonly Spot[] {
  const open = spots.filter(({ linkIndex }) => closed?.has(linkIndex) !== true);
  return open.length === 0 ? spots : open;
}
