import FlatQueue from 'flatqueue';
import type { Link, Turn } from '../../shared/county/county.ts';
import type { Spot } from '../../main/engine/routing/RoadNetwork.ts';

type Roads = { links: readonly Link[]; turns?: readonly Turn[] };
type Question = {
  from: readonly { spot: Spot; cost: number }[];
  to: readonly Spot[];
  costOn: (linkIndex: number) => number;
  closed?: ReadonlySet<number>;
};
/** Where a car is: the link that it has driven, in which part of its way, and the links before that still matter. */
type State = { link: number; phase: 'first' | 'through' | 'last'; history: readonly string[] };

/**
 * The least cost of a way for a car, by Dijkstra's search and nothing else. The rules of the road are written down a
 * second time here, without the graph of the product, so that a fault of one shows against the other.
 */
export class PlainDijkstra {
  readonly #links: readonly Link[];
  readonly #leaving: Map<string, number[]>;
  readonly #forbidden: ReadonlySet<string>;
  readonly #beginnings: ReadonlySet<string>;

  constructor({ links, turns = [] }: Roads) {
    this.#links = links;
    const open = [...links.keys()].filter((index) => !['emergency', 'bus'].includes(links[index]!.access ?? ''));
    this.#leaving = Map.groupBy(open, (index) => links[index]!.fromNode);
    this.#forbidden = new Set(turns.map((turn) => turn.links.join(' ')));
    this.#beginnings = new Set(
      turns.flatMap((turn) => turn.links.slice(1).map((_, at) => turn.links.slice(0, at + 1).join(' '))),
    );
  }

  /** The least cost, or Infinity where there is no way. */
  cost({ from, to, costOn, closed = new Set() }: Question): number {
    let best = Number.POSITIVE_INFINITY;
    for (const { spot, cost } of from)
      for (const end of to)
        if (end.linkIndex === spot.linkIndex && end.share >= spot.share)
          best = Math.min(best, cost + (end.share - spot.share) * costOn(spot.linkIndex));
    const states: State[] = [];
    const costs: number[] = [];
    const known = new Map<string, number>();
    const queue = new FlatQueue();
    const reach = (state: State, cost: number): void => {
      const key = `${state.link} ${state.phase} ${state.history.join(' ')}`;
      const index = known.get(key) ?? states.push(state) - 1;
      known.set(key, index);
      if (cost >= (costs[index] ?? Number.POSITIVE_INFINITY)) return;
      costs[index] = cost;
      queue.push(index, cost);
    };
    for (const { spot, cost } of from) {
      const [link, isEnclosed] = [spot.linkIndex, this.#isEnclosed(spot.linkIndex)];
      const history = this.#kept([this.#links[link]!.id]);
      reach({ link, phase: isEnclosed ? 'first' : 'through', history }, cost + (1 - spot.share) * costOn(link));
    }
    for (;;) {
      const cost = queue.peekValue();
      const index = queue.pop();
      if (index === undefined || cost === undefined || cost >= best) return best;
      if (cost > costs[index]!) continue;
      for (const next of this.#after(states[index]!)) {
        for (const end of to)
          if (end.linkIndex === next.link) best = Math.min(best, cost + end.share * costOn(next.link));
        if (!closed.has(next.link)) reach(next, cost + costOn(next.link));
      }
    }
  }

  #isEnclosed(link: number): boolean {
    return this.#links[link]!.access === 'destination';
  }

  /** The longest end of what was driven with which a forbidden turn begins. */
  #kept(driven: readonly string[]): string[] {
    for (let at = 0; at < driven.length; at++)
      if (this.#beginnings.has(driven.slice(at).join(' '))) return driven.slice(at);
    return [];
  }

  #after({ link, phase, history }: State): State[] {
    const here = this.#links[link]!;
    const all = (this.#leaving.get(here.toNode) ?? []).flatMap((next): State[] => {
      const driven = [...history, this.#links[next]!.id];
      if (driven.some((_, at) => this.#forbidden.has(driven.slice(at).join(' ')))) return [];
      const isEnclosed = this.#isEnclosed(next);
      if (phase === 'last' && !isEnclosed) return [];
      const nextPhase = !isEnclosed ? 'through' : phase === 'first' ? 'first' : 'last';
      return [{ link: next, phase: nextPhase, history: this.#kept(driven) }];
    });
    const onward = all.filter((next) => !this.#isBack(here, this.#links[next.link]!));
    return onward.some((next) => next.phase === phase || next.phase === 'through') ? onward : all;
  }

  #isBack(a: Link, b: Link): boolean {
    return a.fromNode === b.toNode && a.toNode === b.fromNode && String(a.path.at(-2)) === String(b.path[1]);
  }
}
