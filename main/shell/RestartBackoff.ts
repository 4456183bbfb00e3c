const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const STEADY_AFTER_MS = 60_000;

/**
 * Computes how long to wait before a process that died is started again: half a second after a steady run, doubling
 * with each short one.
 */
export class RestartBackoff {
  #shortRuns = 0;

  /** @param ranForMs how long it had been running when it died; monotonic */
  delayMs(ranForMs: number): number {
    if (ranForMs >= STEADY_AFTER_MS) this.#shortRuns = 0;
    return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#shortRuns++);
  }
}
