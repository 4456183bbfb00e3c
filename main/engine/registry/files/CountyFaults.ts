import type { CountyFault } from '../../../../shared/county/countyFault.ts';

export type Place = Pick<CountyFault, 'file' | 'line' | 'column'>;
/** A place that is computed only where the fault is listed. */
export type LatePlace = { file: string; at: () => Place };
export type FaultLevel = CountyFault['level'];

/** Faults of one kind in one file beyond these are counted and not listed. */
const MOST_ALIKE = 20;

/**
 * Collects what is wrong in a county's files, so that all of it can be listed at once. Also keeps where each thing that
 * was read stands in its file, for faults that are found later.
 */
export class CountyFaults {
  readonly #all: CountyFault[] = [];
  readonly #counts = new Map<string, { count: number; file: string; level: FaultLevel }>();
  readonly #places = new WeakMap<object, LatePlace>();

  /** `kind`: faults of the same kind in one file are listed only up to a number. */
  add(level: FaultLevel, place: Place | LatePlace, text: string, kind = text): void {
    const key = `${place.file} ${level} ${kind}`;
    const count = (this.#counts.get(key)?.count ?? 0) + 1;
    this.#counts.set(key, { count, file: place.file, level });
    if (count > MOST_ALIKE) return;
    this.#all.push({ level, ...('at' in place ? place.at() : place), text });
  }

  /** Adds a fault of a thing that was read. */
  about(thing: object, level: FaultLevel, text: string, kind = text): void {
    this.add(level, this.#places.get(thing) ?? { file: '' }, text, kind);
  }

  /** Notes where a thing stands; the place is computed only where it is needed. */
  settle<T extends object>(thing: T, place: LatePlace): T {
    this.#places.set(thing, place);
    return thing;
  }

  get hasErrors(): boolean {
    return this.#all.some(({ level }) => level === 'error');
  }

  /** All faults: what stops the start first, and within that by file and line. */
  list(): CountyFault[] {
    const rest = [...this.#counts.values()]
      .filter(({ count }) => count > MOST_ALIKE)
      .map(({ count, file, level }): CountyFault => ({ level, file, text: `${count - MOST_ALIKE} more like these.` }));
    const order: readonly FaultLevel[] = ['error', 'leftOut', 'warning'];
    return [...this.#all, ...rest].sort(
      (a, b) =>
        order.indexOf(a.level) - order.indexOf(b.level) ||
        (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
        (a.line ?? Number.POSITIVE_INFINITY) - (b.line ?? Number.POSITIVE_INFINITY),
    );
  }
}
