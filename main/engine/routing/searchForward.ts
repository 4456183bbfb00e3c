import FlatQueue from 'flatqueue';
import type { Landmarks } from './Landmarks.ts';
import type { Spot } from './RoadNetwork.ts';
import type { TurnGraph } from './TurnGraph.ts';

/** A place to begin at, with what it costs to come there. */
type Source = { spot: Spot; cost: number };
export type ForwardSearch = {
  graph: TurnGraph;
  landmarks: Landmarks;
  sources: readonly Source[];
  targets: readonly Spot[];
  /** The cost of a link for somebody who reaches its beginning at a cost; never below that of the landmarks. */
  costOn: (linkIndex: number, atCost: number) => number;
  leastOn: (linkIndex: number) => number;
  closed: ReadonlySet<number>;
};
/** Where a search ended: its cost, and the links in order. */
export type Found = { cost: number; links: number[]; from: Spot; to: Spot };

const NO_TARGETS: readonly Spot[] = [];

/** A way that ends on a link which it begins on. */
function directWay({ sources, targets, costOn }: ForwardSearch): Found | undefined {
  let best: Found | undefined;
  for (const { spot, cost } of sources)
    for (const to of targets) {
      if (to.linkIndex !== spot.linkIndex || to.share < spot.share) continue;
      const whole = cost + (to.share - spot.share) * costOn(spot.linkIndex, cost);
      if (whole < (best?.cost ?? Number.POSITIVE_INFINITY))
        best = { cost: whole, links: [spot.linkIndex], from: spot, to };
    }
  return best;
}

/** What searches of one graph write into; a number marks what the present one has written. */
class Scratch {
  readonly cost: Float64Array;
  readonly bound: Float64Array;
  /** The state before, or -1 - the number of the source that the way begins at. */
  readonly parent: Int32Array;
  readonly #costMark: Uint32Array;
  readonly #boundMark: Uint32Array;
  #mark = 0;

  constructor(stateCount: number) {
    this.cost = new Float64Array(stateCount);
    this.bound = new Float64Array(stateCount);
    this.parent = new Int32Array(stateCount);
    this.#costMark = new Uint32Array(stateCount);
    this.#boundMark = new Uint32Array(stateCount);
  }

  begin(): void {
    this.#mark++;
  }

  costOf(state: number): number {
    return this.#costMark[state] === this.#mark ? (this.cost[state] ?? 0) : Number.POSITIVE_INFINITY;
  }

  reach(state: number, cost: number, parent: number): void {
    this.#costMark[state] = this.#mark;
    this.cost[state] = cost;
    this.parent[state] = parent;
  }

  boundOf(state: number, make: (state: number) => number): number {
    if (this.#boundMark[state] !== this.#mark) {
      this.#boundMark[state] = this.#mark;
      this.bound[state] = make(state);
    }
    return this.bound[state] ?? 0;
  }
}

const scratches = new WeakMap<TurnGraph, Scratch>();
function scratchOf(graph: TurnGraph): Scratch {
  const scratch = scratches.get(graph) ?? new Scratch(graph.stateCount);
  scratches.set(graph, scratch);
  scratch.begin();
  return scratch;
}

/** The work of one search. */
class Search {
  readonly #options: ForwardSearch;
  readonly #queue = new FlatQueue();
  readonly #scratch: Scratch;
  readonly #ends: { state: number; least: number; active: readonly number[] }[];
  readonly #targetsAt = new Map<number, Spot[]>();
  /** The best way to a target so far: its last state, and the one before. */
  #best: { cost: number; before: number; state: number; to: Spot } | undefined;

  constructor(options: ForwardSearch) {
    const { graph, landmarks, sources, targets, leastOn } = options;
    this.#options = options;
    this.#scratch = scratchOf(graph);
    const first = sources.map(({ spot }) => graph.startOf(spot.linkIndex)).find((state) => state !== undefined) ?? 0;
    this.#ends = targets.flatMap((target) =>
      graph
        .endsOf(target.linkIndex)
        .map((state) => ({
          state,
          least: (1 - target.share) * leastOn(target.linkIndex),
          active: landmarks.choose(first, state),
        })),
    );
    for (const target of targets)
      for (const state of graph.endsOf(target.linkIndex))
        this.#targetsAt.set(state, [...(this.#targetsAt.get(state) ?? []), target]);
  }

  run(limit: number): Found | undefined {
    this.#options.sources.forEach((source, at) => this.#begin(source, at));
    for (;;) {
      const estimate = this.#queue.peekValue();
      const state = this.#queue.pop();
      // What is left in the queue is at least as far as what was found.
      if (state === undefined || estimate === undefined || estimate >= (this.#best?.cost ?? limit)) break;
      const cost = this.#scratch.costOf(state);
      // A state stands in the queue once for every time that it was reached at less cost; only the last counts.
      if (estimate <= cost + this.#boundOf(state)) this.#expand(state, cost);
    }
    return this.#found();
  }

  #begin({ spot, cost }: Source, at: number): void {
    const { graph, costOn } = this.#options;
    const state = graph.startOf(spot.linkIndex);
    if (state !== undefined) this.#reach(state, cost + (1 - spot.share) * costOn(spot.linkIndex, cost), -1 - at);
  }

  #reach(state: number, cost: number, parent: number): void {
    if (!(cost < this.#scratch.costOf(state))) return;
    this.#scratch.reach(state, cost, parent);
    const estimate = cost + this.#boundOf(state);
    if (estimate !== Number.POSITIVE_INFINITY) this.#queue.push(state, estimate);
  }

  #expand(state: number, cost: number): void {
    const { graph, costOn, closed } = this.#options;
    const { next, linkOf } = graph;
    const end = next.from[state + 1] ?? 0;
    for (let at = next.from[state] ?? 0; at < end; at++) {
      const after = next.list[at] ?? -1;
      const linkIndex = linkOf[after] ?? -1;
      const onLink = costOn(linkIndex, cost);
      for (const to of this.#targetsAt.get(after) ?? NO_TARGETS) {
        const whole = cost + to.share * onLink;
        if (whole < (this.#best?.cost ?? Number.POSITIVE_INFINITY))
          this.#best = { cost: whole, before: state, state: after, to };
      }
      if (!closed.has(linkIndex)) this.#reach(after, cost + onLink, state);
    }
  }

  /** What is still to come after a state, at least. */
  #boundOf(state: number): number {
    return this.#scratch.boundOf(state, (at) => this.#leastAfter(at));
  }

  #leastAfter(state: number): number {
    const { landmarks } = this.#options;
    let least = Number.POSITIVE_INFINITY;
    for (const end of this.#ends)
      least = Math.min(least, Math.max(0, landmarks.bound(end.active, state, end.state) - end.least));
    return least;
  }

  #found(): Found | undefined {
    const { graph, sources } = this.#options;
    if (this.#best === undefined) return undefined;
    const { cost, to } = this.#best;
    const links = [graph.linkOf[this.#best.state] ?? -1];
    let state = this.#best.before;
    for (;;) {
      links.push(graph.linkOf[state] ?? -1);
      const parent = this.#scratch.parent[state] ?? -1;
      const from = parent < 0 ? sources[-1 - parent]?.spot : undefined;
      if (from !== undefined) return { cost, links: links.reverse(), from, to };
      state = parent;
    }
  }
}

/** The way of least cost from one of some places to one of others (A* with landmarks); undefined where none leads. */
export function searchForward(options: ForwardSearch): Found | undefined {
  const direct = directWay(options);
  const around = new Search(options).run(direct?.cost ?? Number.POSITIVE_INFINITY);
  return around !== undefined && around.cost < (direct?.cost ?? Number.POSITIVE_INFINITY) ? around : direct;
}
