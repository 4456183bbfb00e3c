const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** A connection that stood for this long counts as lasting. */
const LASTED_MS = 10_000;

/**
 * The pauses between attempts to connect. They grow until a connection has lasted, even if the broker accepts each
 * connection and then ends it, because that costs the broker more than an attempt that fails.
 */
export class RetryPause {
  readonly #longestUnansweredMs: number;
  #nextMs = FIRST_MS;

  /** `longestUnansweredMs`: the longest pause while the broker does not answer. */
  constructor(longestUnansweredMs = LONGEST_MS) {
    this.#longestUnansweredMs = longestUnansweredMs;
  }

  /**
   * How long to wait after a connection that stood for `stoodForMs` has ended; undefined where no connection was made.
   */
  after(stoodForMs: number | undefined): number {
    if (stoodForMs !== undefined && stoodForMs >= LASTED_MS) this.#nextMs = FIRST_MS;
    const longestMs = stoodForMs === undefined ? this.#longestUnansweredMs : LONGEST_MS;
    const pauseMs = Math.min(this.#nextMs, longestMs);
    this.#nextMs = Math.min(pauseMs * 2, LONGEST_MS);
    return pauseMs;
  }
}
