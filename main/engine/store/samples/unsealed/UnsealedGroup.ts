import type { Run } from '../chunks/run.ts';

const FIRST_CAPACITY = 64;
const SLOTS = 256;
/** A slot is multiplied by this; times are below 2^43 milliseconds, so a slot and a time fit together into a number. */
const SLOT_FACTOR = 2 ** 45;

/** Recent samples of the series of one group, in the order of their arrival. */
export class UnsealedGroup {
  #slot = new Uint8Array(FIRST_CAPACITY);
  #atMs = new Float64Array(FIRST_CAPACITY);
  #value = new Float64Array(FIRST_CAPACITY);
  #quality = new Uint8Array(FIRST_CAPACITY);
  #count = 0;
  /** Made when the first sample is looked for: most groups never see one come late. */
  #rows: Map<number, number> | undefined;
  /** The first journal entry that has unsealed samples of this group. */
  readonly firstEntry: number;
  /** The engine's time when the first of them came. */
  readonly sinceMs: number;

  constructor(firstEntry: number, sinceMs: number) {
    this.firstEntry = firstEntry;
    this.sinceMs = sinceMs;
  }

  get count(): number {
    return this.#count;
  }

  append(slot: number, atMs: number, value: number, quality: number): void {
    if (this.#count === this.#slot.length) this.#grow();
    const row = this.#count++;
    this.#slot[row] = slot;
    this.#atMs[row] = atMs;
    this.#value[row] = value;
    this.#quality[row] = quality;
    this.#rows?.set(slot * SLOT_FACTOR + atMs, row);
  }

  /** The row of a series' sample at a time; undefined where there is none. */
  find(slot: number, atMs: number): number | undefined {
    if (this.#rows === undefined) {
      this.#rows = new Map();
      for (let row = 0; row < this.#count; row++)
        this.#rows.set((this.#slot[row] ?? 0) * SLOT_FACTOR + (this.#atMs[row] ?? 0), row);
    }
    return this.#rows.get(slot * SLOT_FACTOR + atMs);
  }

  at(row: number): { value: number; quality: number } {
    return { value: this.#value[row] ?? Number.NaN, quality: this.#quality[row] ?? 0 };
  }

  replace(row: number, value: number, quality: number): void {
    this.#value[row] = value;
    this.#quality[row] = quality;
  }

  /** The run of one series in [fromMs, toMs). */
  run(slot: number, fromMs: number, toMs: number): Run {
    const rows: number[] = [];
    for (let row = 0; row < this.#count; row++)
      if (this.#slot[row] === slot && this.#isBetween(row, fromMs, toMs)) rows.push(row);
    return this.#runOf(Uint32Array.from(rows));
  }

  /** The runs of all series by slot, of samples in [fromMs, toMs); of series without one there is none. */
  runs(fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY): Map<number, Run> {
    const counts = new Uint32Array(SLOTS);
    for (let row = 0; row < this.#count; row++)
      if (this.#isBetween(row, fromMs, toMs)) counts[this.#slot[row] ?? 0] = (counts[this.#slot[row] ?? 0] ?? 0) + 1;
    const rows = Array.from(counts, (count) => new Uint32Array(count));
    counts.fill(0);
    for (let row = 0; row < this.#count; row++) {
      if (!this.#isBetween(row, fromMs, toMs)) continue;
      const slot = this.#slot[row] ?? 0;
      const place = counts[slot] ?? 0;
      const ofSlot = rows[slot];
      if (ofSlot !== undefined) ofSlot[place] = row;
      counts[slot] = place + 1;
    }
    return new Map(
      [...rows.entries()]
        .filter(([, ofSlot]) => ofSlot.length > 0)
        .map(([slot, ofSlot]) => [slot, this.#runOf(ofSlot)]),
    );
  }

  #isBetween(row: number, fromMs: number, toMs: number): boolean {
    const atMs = this.#atMs[row] ?? 0;
    return atMs >= fromMs && atMs < toMs;
  }

  #runOf(rows: Uint32Array): Run {
    const run: Run = {
      atMs: new Float64Array(rows.length),
      value: new Float64Array(rows.length),
      quality: new Uint8Array(rows.length),
    };
    if (!this.#isAscending(rows)) rows.sort((a, b) => (this.#atMs[a] ?? 0) - (this.#atMs[b] ?? 0));
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] ?? 0;
      run.atMs[at] = this.#atMs[row] ?? 0;
      run.value[at] = this.#value[row] ?? Number.NaN;
      run.quality[at] = this.#quality[row] ?? 0;
    }
    return run;
  }

  #isAscending(rows: Uint32Array): boolean {
    for (let at = 1; at < rows.length; at++)
      if ((this.#atMs[rows[at] ?? 0] ?? 0) < (this.#atMs[rows[at - 1] ?? 0] ?? 0)) return false;
    return true;
  }

  #grow(): void {
    const grown = <T extends Uint8Array | Float64Array>(old: T, make: (length: number) => T): T => {
      const larger = make(old.length * 2);
      larger.set(old);
      return larger;
    };
    this.#slot = grown(this.#slot, (length) => new Uint8Array(length));
    this.#quality = grown(this.#quality, (length) => new Uint8Array(length));
    this.#atMs = grown(this.#atMs, (length) => new Float64Array(length));
    this.#value = grown(this.#value, (length) => new Float64Array(length));
  }
}
