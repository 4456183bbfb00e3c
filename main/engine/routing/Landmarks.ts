import FlatQueue from 'flatqueue';
import type { Arcs, TurnGraph } from './TurnGraph.ts';

const MOST = 16;
/** States that are tried for the first landmark. */
const TRIALS = 8;
/** Landmarks that one search uses: more bounds than these cost more time than they save. */
const MOST_ACTIVE = 4;

/** The least cost from one state to all others, in the direction of the arcs given. */
function costsFrom(source: number, arcs: Arcs, costOf: (from: number, to: number) => number): Float64Array {
  const costs = new Float64Array(arcs.from.length - 1).fill(Number.POSITIVE_INFINITY);
  const queue = new FlatQueue();
  costs[source] = 0;
  queue.push(source, 0);
  for (let state = queue.pop(), cost = 0; state !== undefined; state = queue.pop()) {
    cost = costs[state] ?? 0;
    for (let at = arcs.from[state] ?? 0; at < (arcs.from[state + 1] ?? 0); at++) {
      const next = arcs.list[at] ?? -1;
      const reached = cost + costOf(state, next);
      if (!(reached < (costs[next] ?? 0))) continue;
      costs[next] = reached;
      queue.push(next, reached);
    }
  }
  return costs;
}

/**
 * Lower bounds of the cost between any two states, by the triangle inequality over landmarks (ALT: Goldberg and
 * Harrelson 2005). They are made of the least that each link can ever cost, as on an empty road, so they stay valid
 * however traffic and closures change, and nothing has to be made again when they do.
 */
export class Landmarks {
  readonly #graph: TurnGraph;
  readonly #leastOn: (linkIndex: number) => number;
  readonly #most: number;
  #count = 0;
  /**
   * For each state, and each landmark within it: the cost from the landmark, and the cost to it. What one bound needs
   * lies together, because fetching it from memory is most of the cost of a search.
   */
  readonly #costs: Float64Array;
  /** The least cost from any landmark to each state. */
  readonly #nearest: Float64Array;

  /** `leastOn`: the least cost of a link from its beginning to its end. */
  constructor(graph: TurnGraph, leastOn: (linkIndex: number) => number) {
    this.#graph = graph;
    this.#leastOn = leastOn;
    this.#most = Math.min(MOST, graph.stateCount);
    this.#costs = new Float64Array(2 * this.#most * graph.stateCount);
    this.#nearest = new Float64Array(graph.stateCount).fill(Number.POSITIVE_INFINITY);
  }

  /** Adds a landmark, which makes bounds better; false where there are enough. Without any, every bound is 0. */
  grow(): boolean {
    if (this.#count === this.#most) return false;
    const graph = this.#graph;
    const cost = (state: number): number => this.#leastOn(graph.linkOf[state] ?? -1);
    const landmark = this.#count === 0 ? centralState(graph) : farthest(this.#nearest);
    const from = costsFrom(landmark, graph.next, (_, next) => cost(next));
    this.#keep(from, 2 * this.#count);
    this.#keep(
      costsFrom(landmark, graph.before, (after) => cost(after)),
      2 * this.#count + 1,
    );
    from.forEach((each, state) => (this.#nearest[state] = Math.min(this.#nearest[state] ?? 0, each)));
    this.#count++;
    return true;
  }

  /** Whether a way leads from a state to the main part of the network. */
  leadsToMain(state: number): boolean {
    return this.#costs[2 * this.#most * state + 1] !== Number.POSITIVE_INFINITY;
  }

  /** Whether a way leads to a state from the main part of the network. */
  isReachedFromMain(state: number): boolean {
    return this.#costs[2 * this.#most * state] !== Number.POSITIVE_INFINITY;
  }

  /** The landmarks that bound best from one state to another. */
  choose(from: number, to: number): number[] {
    return Array.from({ length: this.#count }, (_, landmark) => ({ landmark, bound: this.bound([landmark], from, to) }))
      .sort((a, b) => b.bound - a.bound || a.landmark - b.landmark)
      .slice(0, MOST_ACTIVE)
      .map(({ landmark }) => landmark);
  }

  /** What it costs at least to drive from the end of one state to the end of another; Infinity where no way leads. */
  bound(active: readonly number[], from: number, to: number): number {
    const costs = this.#costs;
    const atFrom = 2 * this.#most * from;
    const atTo = 2 * this.#most * to;
    let best = 0;
    for (const landmark of active) {
      const column = 2 * landmark;
      const outFrom = costs[atFrom + column] ?? 0;
      const backTo = costs[atTo + column + 1] ?? 0;
      const ahead = (costs[atTo + column] ?? 0) - outFrom;
      const behind = (costs[atFrom + column + 1] ?? 0) - backTo;
      // Where a landmark does not reach one of the two, its difference is no bound: but what reaches the one of them
      // that is reached would also reach the other one, if there were a way.
      if (ahead > best && outFrom !== Number.POSITIVE_INFINITY) best = ahead;
      if (behind > best && backTo !== Number.POSITIVE_INFINITY) best = behind;
    }
    return best;
  }

  #keep(costs: Float64Array, column: number): void {
    costs.forEach((cost, state) => (this.#costs[2 * this.#most * state + column] = cost));
  }
}

/** One of some states from which most others are reached, so that landmarks lie in the main part of the network. */
function centralState({ next, stateCount }: TurnGraph): number {
  const step = Math.max(1, Math.floor(stateCount / TRIALS));
  let [best, bestCount] = [0, -1];
  for (let trial = 0; trial < stateCount; trial += step) {
    const seen = new Uint8Array(stateCount);
    const open = [trial];
    let count = 0;
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (seen[state] === 1) continue;
      seen[state] = 1;
      count++;
      for (let at = next.from[state] ?? 0; at < (next.from[state + 1] ?? 0); at++) open.push(next.list[at] ?? 0);
    }
    if (count > bestCount) [best, bestCount] = [trial, count];
  }
  return best;
}

/** The state that is farthest from the landmarks, of those that they reach. */
function farthest(nearest: Float64Array): number {
  let [best, bestCost] = [0, -1];
  nearest.forEach((cost, state) => {
    if (cost > bestCost && cost !== Number.POSITIVE_INFINITY) [best, bestCost] = [state, cost];
  });
  return best;
}
