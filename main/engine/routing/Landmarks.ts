import FlatQueue from 'flatqueue';
import type { Arcs, TurnGraph } from './TurnGraph.ts';

const COUNT = 16;
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
 * Harrelson 2005). They are made of the least that each link can ever cost, as on an empty road, so they stay valid however
 * traffic and closures change, and nothing has to be made again when they do.
 */
export class Landmarks {
  readonly #from: Float64Array[] = [];
  readonly #to: Float64Array[] = [];

  /** `leastOn`: the least cost of a link from its beginning to its end. */
  constructor(graph: TurnGraph, leastOn: (linkIndex: number) => number) {
    const cost = (state: number): number => leastOn(graph.linkOf[state] ?? -1);
    if (graph.stateCount === 0) return;
    const nearest = new Float64Array(graph.stateCount).fill(Number.POSITIVE_INFINITY);
    let state = centralState(graph, (next) => cost(next));
    for (let made = 0; made < Math.min(COUNT, graph.stateCount); made++) {
      const from = costsFrom(state, graph.next, (_, next) => cost(next));
      this.#from.push(from);
      this.#to.push(costsFrom(state, graph.before, (after) => cost(after)));
      from.forEach((each, index) => (nearest[index] = Math.min(nearest[index] ?? 0, each)));
      state = farthest(nearest);
    }
  }

  /** Whether a way leads from a state to the main part of the network. */
  leadsToMain(state: number): boolean {
    return this.#to[0]?.[state] !== Number.POSITIVE_INFINITY;
  }

  /** Whether a way leads to a state from the main part of the network. */
  isReachedFromMain(state: number): boolean {
    return this.#from[0]?.[state] !== Number.POSITIVE_INFINITY;
  }

  /** The landmarks that bound best from one state to another. */
  choose(from: number, to: number): number[] {
    return [...this.#from.keys()]
      .map((landmark) => ({ landmark, bound: this.#boundBy(landmark, from, to) }))
      .sort((a, b) => b.bound - a.bound || a.landmark - b.landmark)
      .slice(0, MOST_ACTIVE)
      .map(({ landmark }) => landmark);
  }

  /** What it costs at least to drive from the end of one state to the end of another; Infinity where no way leads. */
  bound(active: readonly number[], from: number, to: number): number {
    let best = 0;
    for (const landmark of active) {
      const bound = this.#boundBy(landmark, from, to);
      if (bound > best) best = bound;
    }
    return best;
  }

  #boundBy(landmark: number, from: number, to: number): number {
    const [out, back] = [this.#from[landmark], this.#to[landmark]];
    const [outTo, outFrom, backFrom, backTo] = [out?.[to], out?.[from], back?.[from], back?.[to]];
    if (outTo === undefined || outFrom === undefined || backFrom === undefined || backTo === undefined) return 0;
    // Where a landmark does not reach one of the two, its difference is no bound: but what reaches the one of them that
    // is reached would also reach the other one, if there were a way.
    const ahead = outFrom === Number.POSITIVE_INFINITY ? 0 : outTo - outFrom;
    const behind = backTo === Number.POSITIVE_INFINITY ? 0 : backFrom - backTo;
    return ahead > behind ? ahead : behind;
  }
}

/** One of some states from which most others are reached, so that landmarks lie in the main part of the network. */
function centralState(graph: TurnGraph, cost: (state: number) => number): number {
  const step = Math.max(1, Math.floor(graph.stateCount / TRIALS));
  let [best, bestCount] = [0, -1];
  for (let state = 0; state < graph.stateCount; state += step) {
    const reached = costsFrom(state, graph.next, (_, next) => cost(next)).filter(Number.isFinite).length;
    if (reached > bestCount) [best, bestCount] = [state, reached];
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
