const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** A connection that stood for so long has lasted. */
const LASTED_MS = 10_000;

/**
 * The pauses between attempts to connect. They grow until a connection has lasted, also while the broker lets Beacon in
 * and ends the connection again, which costs it more than an attempt that fails.
 */
export class RetryPause {
  readonly #longestUnansweredMs: number;
  #nextMs = FIRST_MS;

  /** `longestUnansweredMs`: the longest pause while nobody answers. */
  constructor(longestUnansweredMs = LONGEST_MS) {
    this.#longestUnansweredMs = longestUnansweredMs;
  }

  /**
   * How long to wait now that a connection has ended which stood for so long, or, where it is undefined, none came
   * about.
   */
  after(stoodForMs: number | undefined): number {
    if (stoodForMs !== undefined && stoodForMs >= LASTED_MS) this.#nextMs = FIRST_MS;
    const longestMs = stoodForMs === undefined ? this.#longestUnansweredMs : LONGEST_MS;
    const pauseMs = Math.min(this.#nextMs, longestMs);
    this.#nextMs = Math.min(pauseMs * 2, LONGEST_MS);
    return pauseMs;
  }
}
