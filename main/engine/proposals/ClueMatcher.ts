import type { DisplayUnits } from '../../../shared/base/display.ts';
import type { Clue } from './clue.ts';
import type { CountyPlaces } from './CountyPlaces.ts';
import { findTies, placeClue } from './findTie.ts';
import type { Placed, Tie } from './findTie.ts';

const NONE: ReadonlyMap<Clue, readonly Tie[]> = new Map();

/** A clue and the clues that it belongs to, each with all ties between the two, the surest first. */
type Known = Placed & { ties: Map<Clue, readonly Tie[]> };

const isSameRoles = (a: Clue, b: Clue): boolean =>
  a.roles.length === b.roles.length && a.roles.every((role, at) => role === b.roles[at]);
const isSameSubject = (a: Clue, b: Clue): boolean =>
  a.subject?.kind === b.subject?.kind && a.subject?.id === b.subject?.id;
const isSameSort = (a: Clue, b: Clue): boolean =>
  isSameRoles(a, b) &&
  isSameSubject(a, b) &&
  a.isCrash === b.isCrash &&
  a.topic === b.topic &&
  (a.incident === undefined) === (b.incident === undefined);
/** Whether nothing has changed that a tie depends on; text and priority may have changed. */
const isSame = (a: Clue, b: Clue): boolean =>
  isSameSort(a, b) && a.atMs === b.atMs && a.lon === b.lon && a.lat === b.lat && a.place === b.place;

/** The first tie that holds. `isWitnessed`: people saw a crash in this queue. */
export const surest = (ties: readonly Tie[], isWitnessed: (queue: Clue) => boolean): Tie | undefined =>
  ties.find(({ isUnlessCrash, effect }) => !isUnlessCrash || !isWitnessed(effect));

/**
 * Remembers which clues belong together, so that from one look to the next only new clues are compared with the others.
 * Ties depend on the two clues and on the county's files alone, so a remembered tie is the one that a new comparison
 * would find.
 */
export class ClueMatcher {
  readonly #places: CountyPlaces;
  readonly #units: DisplayUnits;
  readonly #mostNew: number;
  #known = new Map<string, Known>();

  /** `mostNew`: more new clues than these wait for the next look, as each is compared with all others. */
  constructor(places: CountyPlaces, units: DisplayUnits, mostNew = Number.POSITIVE_INFINITY) {
    this.#places = places;
    this.#units = units;
    this.#mostNew = mostNew;
  }

  /**
   * Takes the clues that exist now, and forgets all others. Returns the remembered objects, by which `of` must be
   * asked; new clues that wait for the next look are left out.
   */
  look(clues: readonly Clue[]): Clue[] {
    const before = this.#known;
    this.#known = new Map();
    const fresh: Clue[] = [];
    for (const clue of clues) {
      const known = before.get(clue.id);
      if (known !== undefined && isSame(known.clue, clue)) this.#keep(known, clue);
      else if (fresh.length < this.#mostNew) fresh.push(clue);
    }
    for (const [id, { clue, ties }] of before)
      if (this.#known.get(id)?.clue !== clue)
        for (const other of ties.keys()) this.#known.get(other.id)?.ties.delete(clue);
    for (const clue of fresh) this.#add(clue);
    return clues.flatMap(({ id }) => this.#known.get(id)?.clue ?? []);
  }

  /** The clues that one belongs to, with all ties between the two, the surest first. */
  of(clue: Clue): ReadonlyMap<Clue, readonly Tie[]> {
    return this.#known.get(clue.id)?.ties ?? NONE;
  }

  /** Keeps a clue and its ties, and takes over its present text and priority. */
  #keep(known: Known, now: Clue): void {
    Object.assign(known.clue, now);
    this.#known.set(now.id, known);
  }

  #add(clue: Clue): void {
    const own: Known = { ...placeClue(clue, this.#places), ties: new Map() };
    for (const other of this.#known.values()) {
      const ties = findTies(own, other, this.#places, this.#units);
      if (ties.length === 0) continue;
      own.ties.set(other.clue, ties);
      other.ties.set(clue, ties);
    }
    this.#known.set(clue.id, own);
  }
}
