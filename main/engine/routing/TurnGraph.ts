import type { Link, Turn } from '../../../shared/county/county.ts';

/** By which rules a vehicle drives: response vehicles are exempt from access, forbidden turns and turning round. */
export type Rights = 'car' | 'bus' | 'response';

/**
 * Roads that are only for those who have a destination on them are driven at the beginning of a way and at its end,
 * and never between; all other roads are `through`.
 */
type Phase = 'first' | 'through' | 'last';
/** A forbidden turn of which a vehicle has driven the links up to a place. */
type Progress = { turn: number; at: number };
type State = { link: number; phase: Phase; progress: readonly Progress[] };

const SAME_PLACE_DEG = 5e-5;

/** Whether the second link leads back over the first one. */
function isBack(first: Link, second: Link): boolean {
  if (second.fromNode !== first.toNode || second.toNode !== first.fromNode) return false;
  const [before, after] = [first.path.at(-2), second.path[1]];
  return (
    before !== undefined &&
    after !== undefined &&
    Math.abs(before[0] - after[0]) < SAME_PLACE_DEG &&
    Math.abs(before[1] - after[1]) < SAME_PLACE_DEG
  );
}

function mayDrive({ access }: Link, rights: Rights): boolean {
  return rights === 'response' || (access !== 'emergency' && (access !== 'bus' || rights === 'bus'));
}

/** The arcs of states as one list: those of a state are from `from[state]` to `from[state + 1]` in `list`. */
export type Arcs = { readonly from: Int32Array; readonly list: Int32Array };

function packed(arcs: readonly (readonly number[])[]): Arcs {
  const from = new Int32Array(arcs.length + 1);
  arcs.forEach((each, state) => (from[state + 1] = (from[state] ?? 0) + each.length));
  return { from, list: Int32Array.from(arcs.flat()) };
}

function reversed(arcs: readonly (readonly number[])[]): number[][] {
  const back: number[][] = arcs.map(() => []);
  arcs.forEach((each, state) => {
    for (const next of each) back[next]?.push(state);
  });
  return back;
}

/** Finds all states of a network and what follows each, beginning with every link by itself. */
class Builder {
  readonly states: State[] = [];
  readonly arcs: number[][] = [];
  readonly #links: readonly Link[];
  readonly #turns: readonly (readonly number[])[];
  readonly #rights: Rights;
  readonly #known = new Map<string, number>();
  readonly #from: ReadonlyMap<string, number[]>;
  readonly #turnsFrom: ReadonlyMap<number, number[]>;

  constructor(links: readonly Link[], turns: readonly Turn[], rights: Rights) {
    const indexOf = new Map(links.map(({ id }, index) => [id, index]));
    this.#links = links;
    this.#rights = rights;
    this.#turns = rights === 'response' ? [] : turns.map((turn) => turn.links.map((id) => indexOf.get(id) ?? -1));
    this.#turnsFrom = Map.groupBy(this.#turns.keys(), (turn) => this.#turns[turn]?.[0] ?? -1);
    this.#from = Map.groupBy(
      [...links.keys()].filter((index) => mayDrive(links[index] as Link, rights)),
      (index) => links[index]?.fromNode ?? '',
    );
    for (const index of [...this.#from.values()].flat().sort((a, b) => a - b))
      this.#stateOf(index, this.#first(index), []);
    for (let state = 0; state < this.states.length; state++) this.arcs.push(this.#follow(state));
  }

  /** Whether a road is only for those who have a destination on it. */
  #isEnclosed(link: number): boolean {
    return this.#rights !== 'response' && this.#links[link]?.access === 'destination';
  }

  #first(link: number): Phase {
    return this.#isEnclosed(link) ? 'first' : 'through';
  }

  #stateOf(link: number, phase: Phase, progress: readonly Progress[]): number {
    const key = `${link} ${phase} ${progress.map(({ turn, at }) => `${turn}.${at}`).join(' ')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.states.length);
    return this.states.push({ link, phase, progress }) - 1;
  }

  #follow(index: number): number[] {
    const state = this.states[index];
    const link = state && this.#links[state.link];
    if (state === undefined || link === undefined) return [];
    const ways = (this.#from.get(link.toNode) ?? []).flatMap((next) => {
      const [phase, progress] = [this.#phaseAfter(state.phase, next), this.#progressAfter(state, next)];
      return phase === undefined || progress === undefined ? [] : [{ next, phase, progress }];
    });
    const isTurningRound = (next: number): boolean => isBack(link, this.#links[next] as Link);
    const onward = ways.filter(({ next }) => !isTurningRound(next));
    // Only where a road ends do people turn round; where it goes on for some, those who may not follow turn there, too.
    const isEnd = !onward.some(({ phase }) => phase === state.phase || phase === 'through');
    return (this.#rights === 'response' || isEnd ? ways : onward).map(({ next, phase, progress }) =>
      this.#stateOf(next, phase, progress),
    );
  }

  #phaseAfter(phase: Phase, next: number): Phase | undefined {
    if (this.#isEnclosed(next)) return phase === 'first' ? 'first' : 'last';
    return phase === 'last' ? undefined : 'through';
  }

  /** Which forbidden turns have begun when a link was driven after a state; undefined where one would be complete. */
  #progressAfter({ link, progress }: State, next: number): Progress[] | undefined {
    const begun = (this.#turnsFrom.get(link) ?? []).map((turn): Progress => ({ turn, at: 0 }));
    const going = [...begun, ...progress].filter(({ turn, at }) => this.#turns[turn]?.[at + 1] === next);
    if (going.some(({ turn, at }) => this.#turns[turn]?.length === at + 2)) return undefined;
    return going.map(({ turn, at }) => ({ turn, at: at + 1 }));
  }
}

/**
 * The roads as those may drive who have given rights. A node of the graph, a *state*, is a link that is driven from its
 * beginning to its end; there are several states of a link where it matters how a vehicle came there. An arc is a turn
 * that is allowed.
 */
export class TurnGraph {
  readonly stateCount: number;
  /** The link of each state. */
  readonly linkOf: Int32Array;
  readonly next: Arcs;
  readonly before: Arcs;
  readonly #starts: (number | undefined)[];
  readonly #ends: (number[] | undefined)[];

  constructor(links: readonly Link[], turns: readonly Turn[], rights: Rights) {
    const { states, arcs } = new Builder(links, turns, rights);
    this.stateCount = states.length;
    this.linkOf = Int32Array.from(states, ({ link }) => link);
    this.next = packed(arcs);
    this.before = packed(reversed(arcs));
    this.#starts = Array.from(links, () => undefined);
    this.#ends = Array.from(links, () => undefined);
    states.forEach(({ link }, state) => {
      this.#starts[link] ??= state;
      this.#ends[link] = [...(this.#ends[link] ?? []), state];
    });
  }

  /** The state in which a way begins on a link; undefined where the rights do not allow to be there. */
  startOf(linkIndex: number): number | undefined {
    return this.#starts[linkIndex];
  }

  /** The states in which a way may end on a link. */
  endsOf(linkIndex: number): readonly number[] {
    return this.#ends[linkIndex] ?? [];
  }
}
