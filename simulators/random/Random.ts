import { hash } from './hash.ts';

/**
 * A sequence of random numbers from a seed: the n-th is the hash of the seed and n. Use it to build things in order;
 * use `hash` for everything else.
 */
export class Random {
  readonly #seed: number;
  #drawn = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A number in [from, to). */
  between(from: number, to: number): number {
    return from + (hash(this.#seed, this.#drawn++, 0x51ed) / 4_294_967_296) * (to - from);
  }

  /** An integer in [from, to]. */
  integer(from: number, to: number): number {
    return Math.floor(this.between(from, to + 1));
  }

  chance(probability: number): boolean {
    return this.between(0, 1) < probability;
  }

  /** One of the items. Throws a RangeError for an empty list. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.integer(0, items.length - 1)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** A copy in random order (Fisher–Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  }

  /** An independent sequence, so that a change in one part of the county leaves the others as they were. */
  fork(key: number): Random {
    return new Random(hash(this.#seed, key, 0xf0));
  }
}
