import type { Run } from '../chunks/run.ts';

const FIRST_CAPACITY = 64;
/** Slots are below this; times are below 2^43 milliseconds, so a slot and a time fit together into a number. */
const SLOT_FACTOR = 2 ** 45;

/** Recent samples of the series of one group, in the order of their arrival. */
export class HeadGroup {
  #slot = new Uint8Array(FIRST_CAPACITY);
  #atMs = new Float64Array(FIRST_CAPACITY);
  #value = new Float64Array(FIRST_CAPACITY);
  #quality = new Uint8Array(FIRST_CAPACITY);
  #count = 0;
  /** Made when the first sample is looked for: most groups never see one come late. */
  #rows: Map<number, number> | undefined;
  /** The first journal entry that has samples of it. */
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
      for (let row = 0; row < this.#count; row++) this.#rows.set((this.#slot[row] ?? 0) * SLOT_FACTOR + (this.#atMs[row] ?? 0), row);
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
    for (let row = 0; row < this.#count; row++) if (this.#slot[row] === slot && this.#isBetween(row, fromMs, toMs)) rows.push(row);
    return this.#runOf(rows);
  }

  /** The runs of all series by slot, of samples in [fromMs, toMs); of series without one there is none. */
  runs(fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY): Map<number, Run> {
    const rows: number[][] = [];
    for (let row = 0; row < this.#count; row++) if (this.#isBetween(row, fromMs, toMs)) (rows[this.#slot[row] ?? 0] ??= []).push(row);
    const runs = new Map<number, Run>();
    rows.forEach((ofSlot, slot) => runs.set(slot, this.#runOf(ofSlot)));
    return runs;
  }

  #isBetween(row: number, fromMs: number, toMs: number): boolean {
    const atMs = this.#atMs[row] ?? 0;
    return atMs >= fromMs && atMs < toMs;
  }

  #runOf(rows: number[]): Run {
    const timeOf = (row: number): number => this.#atMs[row] ?? 0;
    if (rows.some((row, index) => index > 0 && timeOf(row) < timeOf(rows[index - 1] ?? 0))) rows.sort((a, b) => timeOf(a) - timeOf(b));
    return {
      atMs: Float64Array.from(rows, timeOf),
      value: Float64Array.from(rows, (row) => this.#value[row] ?? Number.NaN),
      quality: Uint8Array.from(rows, (row) => this.#quality[row] ?? 0),
    };
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
