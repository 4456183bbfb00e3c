import type { TimetableFault } from '../../../../shared/county/timetableFeed.ts';

/** Collects what of a GTFS feed cannot be used: equal reasons of one file are one fault with a count. */
export class GtfsFaults {
  readonly #faults = new Map<string, TimetableFault>();

  /** `line` counts from 1, the header; only the first one of each reason is kept. */
  note(file: string, reason: string, line?: number): void {
    const key = `${file}|${reason}`;
    const known = this.#faults.get(key);
    const first = known?.line ?? line;
    this.#faults.set(key, {
      file,
      reason,
      count: (known?.count ?? 0) + 1,
      ...(first !== undefined && first > 0 && { line: first }),
    });
  }

  list(): TimetableFault[] {
    return [...this.#faults.values()];
  }
}
