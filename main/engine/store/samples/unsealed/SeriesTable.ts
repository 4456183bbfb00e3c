const FIRST_CAPACITY = 1024;

/**
 * Where each series lies, and the span of what is stored of it: in columns by series number, as there are tens of
 * thousands.
 */
export class SeriesTable {
  #group = new Uint32Array(FIRST_CAPACITY);
  #slot = new Uint8Array(FIRST_CAPACITY);
  #firstAtMs = new Float64Array(FIRST_CAPACITY);
  #lastAtMs = new Float64Array(FIRST_CAPACITY);

  place(series: number, group: number, slot: number): void {
    while (series >= this.#group.length) this.#grow();
    this.#group[series] = group;
    this.#slot[series] = slot;
    this.#firstAtMs[series] = Number.POSITIVE_INFINITY;
    this.#lastAtMs[series] = Number.NEGATIVE_INFINITY;
  }

  /** 0 where the series is not known. */
  group(series: number): number {
    return this.#group[series] ?? 0;
  }

  slot(series: number): number {
    return this.#slot[series] ?? 0;
  }

  firstAtMs(series: number): number {
    return this.#firstAtMs[series] ?? Number.POSITIVE_INFINITY;
  }

  lastAtMs(series: number): number {
    return this.#lastAtMs[series] ?? Number.NEGATIVE_INFINITY;
  }

  /** Widens the span so that it includes a time. */
  extend(series: number, atMs: number): void {
    if (atMs < (this.#firstAtMs[series] ?? 0)) this.#firstAtMs[series] = atMs;
    if (atMs > (this.#lastAtMs[series] ?? 0)) this.#lastAtMs[series] = atMs;
  }

  #grow(): void {
    const columns = [this.#group, this.#slot, this.#firstAtMs, this.#lastAtMs] as const;
    const length = this.#group.length * 2;
    this.#group = new Uint32Array(length);
    this.#slot = new Uint8Array(length);
    this.#firstAtMs = new Float64Array(length);
    this.#lastAtMs = new Float64Array(length);
    this.#group.set(columns[0]);
    this.#slot.set(columns[1]);
    this.#firstAtMs.set(columns[2]);
    this.#lastAtMs.set(columns[3]);
  }
}
