import FlatQueue from 'flatqueue';
import type { Place, RoadNetwork, Spot } from './RoadNetwork.ts';

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
};

/** Speed across country, from where something stands to the road. */
const OFF_ROAD_MPS = 5;
/** Time to turn round on a street. */
const TURN_ROUND_S = 20;

/**
 * The fastest ways from all places to one: a single search from the target backwards (Dijkstra 1959, with a binary
 * heap), after which each start costs a look-up. Travel times are those of the moment for all links, also for those
 * that are reached later.
 */
export class Reach {
  readonly #options: ReachOptions;
  /** The seconds from each node to the target, and the link to take there. */
  readonly #seconds: Float64Array;
  readonly #next: Int32Array;

  constructor(options: ReachOptions) {
    this.#options = { ...options, targets: openOnes(options.targets, options.closed) };
    this.#seconds = new Float64Array(options.network.nodeCount).fill(Number.POSITIVE_INFINITY);
    this.#next = new Int32Array(options.network.nodeCount).fill(-1);
    this.#search();
  }

  /**
   * The fastest way from one of the spots, or undefined where there is none. `place` gives the heading, because turning
   * round takes time.
   */
  from(spots: readonly Spot[], place?: Place): Way | undefined {
    const best = this.#best(spots, place);
    return best && this.#wayOf(best.seconds, best.from, best.direct);
  }

  /** The time of that way, or Infinity where there is none. */
  secondsFrom(spots: readonly Spot[], place?: Place): number {
    return this.#best(spots, place)?.seconds ?? Number.POSITIVE_INFINITY;
  }

  #best(spots: readonly Spot[], place: Place | undefined): Start | undefined {
    let best: Start | undefined;
    for (const from of openOnes(spots, this.#options.closed)) {
      const isAgainst = place !== undefined && this.#options.network.isAgainst(place, from.linkIndex, from.share);
      const startS = from.offM / OFF_ROAD_MPS + (isAgainst ? TURN_ROUND_S : 0);
      const whole = this.#options.secondsOn(from.linkIndex);
      const direct = this.#options.targets.find(
        ({ linkIndex, share }) => linkIndex === from.linkIndex && share >= from.share,
      );
      const onS = direct === undefined ? Number.POSITIVE_INFINITY : (direct.share - from.share) * whole;
      const aroundS =
        (1 - from.share) * whole +
        (this.#seconds[this.#options.network.head[from.linkIndex] ?? -1] ?? Number.POSITIVE_INFINITY);
      const seconds = startS + Math.min(onS, aroundS);
      if (seconds < (best?.seconds ?? Number.POSITIVE_INFINITY))
        best = { seconds, from, direct: onS <= aroundS ? direct : undefined };
    }
    return best;
  }

  #wayOf(seconds: number, from: Spot, direct: Spot | undefined): Way | undefined {
    const { network, targets } = this.#options;
    const lengthOf = (linkIndex: number): number => network.links[linkIndex]?.lengthM ?? 0;
    if (direct !== undefined)
      return {
        seconds,
        metres: from.offM + (direct.share - from.share) * lengthOf(from.linkIndex),
        links: [from.linkIndex],
        from,
        to: direct,
      };
    const links = [from.linkIndex];
    let metres = from.offM + (1 - from.share) * lengthOf(from.linkIndex);
    for (let node = network.head[from.linkIndex] ?? -1; ;) {
      const linkIndex = this.#next[node] ?? -1;
      if (linkIndex < 0) return undefined;
      links.push(linkIndex);
      const to = this.#isLast(node, linkIndex) ? targets.find((spot) => spot.linkIndex === linkIndex) : undefined;
      if (to !== undefined) return { seconds, metres: metres + to.share * lengthOf(linkIndex), links, from, to };
      metres += lengthOf(linkIndex);
      node = network.head[linkIndex] ?? -1;
    }
  }

  /** Whether the way from a node ends on the link, and does not only pass it. */
  #isLast(node: number, linkIndex: number): boolean {
    const { targets, secondsOn } = this.#options;
    const share = targets.find((spot) => spot.linkIndex === linkIndex)?.share;
    return share !== undefined && this.#seconds[node] === share * secondsOn(linkIndex);
  }

  #search(): void {
    const { network, targets, secondsOn, closed, starts } = this.#options;
    const { into, intoFrom, tail } = network;
    const queue = new FlatQueue();
    const awaited = starts && new Set(starts.map(({ linkIndex }) => network.head[linkIndex] ?? -1));
    const relax = (node: number, linkIndex: number, seconds: number): void => {
      if (!(seconds < (this.#seconds[node] ?? 0))) return;
      this.#seconds[node] = seconds;
      this.#next[node] = linkIndex;
      queue.push(node, seconds);
    };
    for (const { linkIndex, share } of targets) relax(tail[linkIndex] ?? -1, linkIndex, share * secondsOn(linkIndex));
    for (;;) {
      const reachedS = queue.peekValue();
      const node = queue.pop();
      if (node === undefined || reachedS === undefined) return;
      // A node stands in the queue once for every time that it was reached faster; only the last counts.
      if (reachedS > (this.#seconds[node] ?? 0)) continue;
      // Its time is final: what follows in the queue takes longer.
      if (awaited?.delete(node) === true && awaited.size === 0) return;
      for (let at = intoFrom[node] ?? 0; at < (intoFrom[node + 1] ?? 0); at++) {
        const linkIndex = into[at] ?? -1;
        if (closed?.has(linkIndex) !== true) relax(tail[linkIndex] ?? -1, linkIndex, reachedS + secondsOn(linkIndex));
      }
    }
  }
}

/** Where a spot on an open link is near, as at the end of a closed link, only those on open links count. */
function openOnes(spots: readonly Spot[], closed: ReadonlySet<number> | undefined): readonly Spot[] {
  const open = spots.filter(({ linkIndex }) => closed?.has(linkIndex) !== true);
  return open.length === 0 ? spots : open;
}
