import { DAY_MS, HOUR_MS } from '../../../shared/base/durations.ts';
import type { StoreNotice } from '../store/store.ts';

/** A smaller difference is the ordinary correction of a clock. */
const STEP_MS = 60_000;

type Reading = {
  nowMs: number;
  monotonicMs: number;
  speed: number;
  /** Where the time comes from: a change of the source is not a step. */ source: string;
};

function lengthOf(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

/**
 * Compares the engine's clock with the time that has really passed and reports steps, because whether the screen shows
 * a value as old or new depends on the clock.
 */
export class ClockWatch {
  #last: Reading | undefined;
  #forwardAtMs = Number.NEGATIVE_INFINITY;

  /** Takes a reading; returns the notice to publish, or undefined where there was no step. */
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
   * False for a day after a large step forward: it is uncertain whether the time is right, and deleted data does not
   * come back.
   */
  mayDelete(monotonicMs: number): boolean {
    return monotonicMs - this.#forwardAtMs > DAY_MS;
  }
}
