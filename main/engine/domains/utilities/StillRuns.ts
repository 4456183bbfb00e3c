import type { Meter } from '../../../../shared/county/county.ts';
import { DAY_MS, HOUR_MS } from '../../../../shared/base/durations.ts';

/**
 * No register stands still that long without a reason. There is one rule for meters whose register used to move, and
 * one for a house with supply and no consumption at all.
 */
const STUCK = {
  electricity: { afterUseMs: 12 * HOUR_MS, leastRate: 0.05, withoutUseMs: 2 * DAY_MS },
  water: { afterUseMs: 7 * DAY_MS, leastRate: 0.004, withoutUseMs: Number.POSITIVE_INFINITY },
} as const;
/** Before so much is known of a meter, it may be one that stands still every day. */
const KNOWN_AFTER_MS = 2 * DAY_MS;
const WHILE_UNKNOWN_MS = 26 * HOUR_MS;
/** A register may stand still for longer than ever before, and for several of its steps, without being stuck. */
const LONGER_THAN_EVER = 1.5;
const STEPS = 4;
const NOISE = 0.0005;

/** For how long the registers of meters stand still, now and usually: by row, 56 bytes each. */
export class StillRuns {
  readonly #meters: readonly Meter[];
  readonly #movedAtMs: Float64Array;
  /** Where the register stood when it last moved. */
  readonly #value: Float64Array;
  readonly #firstAtMs: Float64Array;
  readonly #first: Float64Array;
  readonly #longestMs: Float32Array;
  /** The smallest movement so far. */
  readonly #step: Float32Array;
  readonly #lateAtMs: Float64Array;
  readonly #late: Float64Array;

  constructor(meters: readonly Meter[]) {
    const unknown = (): Float64Array => new Float64Array(meters.length).fill(Number.NaN);
    this.#meters = meters;
    this.#movedAtMs = unknown();
    this.#value = unknown();
    this.#firstAtMs = unknown();
    this.#first = unknown();
    this.#longestMs = new Float32Array(meters.length);
    this.#step = Float32Array.from(meters, ({ resolution }) => resolution ?? Number.POSITIVE_INFINITY);
    this.#lateAtMs = unknown();
    this.#late = unknown();
  }

  /** Since when the register has not moved; NaN where nothing is known. */
  movedAtMs(row: number): number {
    return this.#movedAtMs[row] ?? Number.NaN;
  }

  /** A register begins. */
  begin(row: number, value: number, atMs: number): void {
    this.#movedAtMs[row] = atMs;
    this.#value[row] = value;
    this.#firstAtMs[row] = atMs;
    this.#first[row] = value;
  }

  /** Takes the next reading of the register; `beforeMs` is the time of the one before it. */
  take(row: number, value: number, atMs: number, beforeMs: number): void {
    const moved = Math.abs(value - (this.#value[row] ?? Number.NaN));
    if (moved <= NOISE) return;
    this.#noteRun(row, atMs - this.movedAtMs(row));
    // Between readings further apart, as those of the past are, a register moves by many of its steps.
    if (atMs - beforeMs <= HOUR_MS && moved < (this.#step[row] ?? 0)) this.#step[row] = moved;
    this.#movedAtMs[row] = atMs;
    this.#value[row] = value;
  }

  /** Takes a reading of the past; `present` is where the register stands now. */
  takeLate(row: number, value: number, atMs: number, present: number): void {
    if (Math.abs(value - present) <= NOISE && atMs < this.movedAtMs(row)) this.#movedAtMs[row] = atMs;
    const moved = Math.abs(value - (this.#late[row] ?? Number.NaN));
    if (moved <= NOISE) return;
    const runMs = atMs - (this.#lateAtMs[row] ?? Number.NaN);
    if (runMs > 0) this.#noteRun(row, runMs);
    this.#lateAtMs[row] = atMs;
    this.#late[row] = value;
    if (!(atMs >= (this.#firstAtMs[row] ?? Number.NaN))) {
      this.#firstAtMs[row] = atMs;
      this.#first[row] = value;
    }
  }

  /** Whether the register has stood still for too long at its newest reading. */
  isStuck(row: number, registerAtMs: number): boolean {
    const rule = STUCK[this.#meters[row]?.commodity ?? 'water'];
    const movedAtMs = this.movedAtMs(row);
    const knownMs = movedAtMs - (this.#firstAtMs[row] ?? Number.NaN);
    // What the meter usually passes is what it passed until it last moved: the stillness in question is no part of it.
    const perHour = ((this.#value[row] ?? 0) - (this.#first[row] ?? 0)) / (knownMs / HOUR_MS);
    const step = this.#step[row] ?? Number.POSITIVE_INFINITY;
    const usedBefore = perHour >= rule.leastRate;
    const leastMs = Math.max(
      usedBefore ? rule.afterUseMs : rule.withoutUseMs,
      knownMs < KNOWN_AFTER_MS ? WHILE_UNKNOWN_MS : 0,
      LONGER_THAN_EVER * (this.#longestMs[row] ?? 0),
      Number.isFinite(step) && perHour > 0 ? (STEPS * step * HOUR_MS) / perHour : 0,
    );
    return registerAtMs - movedAtMs >= leastMs;
  }

  #noteRun(row: number, runMs: number): void {
    if (runMs > (this.#longestMs[row] ?? 0)) this.#longestMs[row] = runMs;
  }
}
