import { DAY_MS, HOUR_MS } from '../../../shared/base/durations.ts';
import type { StoreNotice } from '../store/store.ts';

/** Less is the ordinary correction of a clock. */
const STEP_MS = 60_000;

type Reading = {
  nowMs: number;
  monotonicMs: number;
  speed: number;
  /** Whose time it is: a change of it is no step. */ source: string;
};

function lengthOf(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

/**
 * Compares the engine's clock with the time that has really gone by, and tells steps: what the screen calls old or new
 * depends on it.
 */
export class ClockWatch {
  #last: Reading | undefined;
  #forwardAtMs = Number.NEGATIVE_INFINITY;

  /** Takes a reading; returns what is to be told. */
  note(reading: Reading): StoreNotice | undefined {
    const last = this.#last;
    this.#last = reading;
    if (last === undefined || last.source !== reading.source || last.speed !== reading.speed) return undefined;
    const stepMs = reading.nowMs - last.nowMs - (reading.monotonicMs - last.monotonicMs) * reading.speed;
    if (Math.abs(stepMs) < STEP_MS * reading.speed) return undefined;
    if (stepMs > HOUR_MS) this.#forwardAtMs = reading.monotonicMs;
    const consequence =
      stepMs > 0
        ? 'Everything on the screen is that much older until new values come; nothing old is deleted for a day.'
        : 'Values that seem to come from the future are kept and marked suspect until the clock is right.';
    return {
      level: 'warning',
      text: `The clock went ${stepMs > 0 ? 'forward' : 'back'} by ${lengthOf(stepMs)}. ${consequence}`,
    };
  }

  /**
   * For a day after a large step forward nobody knows whether the time is right, and what is deleted does not come
   * back.
   */
  mayDelete(monotonicMs: number): boolean {
    return monotonicMs - this.#forwardAtMs > DAY_MS;
  }
}
