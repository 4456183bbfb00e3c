import type { SampleColumns } from '../store.ts';

/** Grows as rows are added; `take` cuts it to size. */
export class ColumnBuilder {
  #columns: SampleColumns;

  constructor(capacity: number) {
    this.#columns = ColumnBuilder.#make(capacity);
  }

  static #make(capacity: number): SampleColumns {
    return {
      count: 0,
      seriesId: new Uint32Array(capacity),
      atMs: new Float64Array(capacity),
      value: new Float64Array(capacity),
      quality: new Uint8Array(capacity),
      feed: new Uint8Array(capacity),
    };
  }

  add(seriesId: number, atMs: number, value: number, quality: number): void {
    if (this.#columns.count === this.#columns.atMs.length) this.#resize(Math.max(64, this.#columns.count * 2));
    const row = this.#columns.count++;
    this.#columns.seriesId[row] = seriesId;
    this.#columns.atMs[row] = atMs;
    this.#columns.value[row] = value;
    this.#columns.quality[row] = quality;
  }

  take(): SampleColumns {
    this.#resize(this.#columns.count);
    return this.#columns;
  }

  #resize(capacity: number): void {
    const old = this.#columns;
    const next = ColumnBuilder.#make(capacity);
    for (const name of ['seriesId', 'atMs', 'value', 'quality'] as const)
      next[name].set(old[name].subarray(0, old.count));
    next.count = old.count;
    this.#columns = next;
  }
}
