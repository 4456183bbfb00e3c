/** Bytes of a message that count as one message. */
const BYTES_PER_UNIT = 4096;

/**
 * How much a peer may send: so many messages at once, and so many per second after that (a token bucket). A long
 * message counts as several.
 */
export class MessageBudget {
  #perSecond: number;
  #atOnce: number;
  #left: number;
  #atMs: number;

  /** @param nowMs monotonic, as in all calls */
  constructor(perSecond: number, atOnce: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#atOnce = atOnce;
    this.#left = atOnce;
    this.#atMs = nowMs;
  }

  /** Changes the budget; what is left of the old one is replaced by the whole of the new one. */
  become(perSecond: number, atOnce: number): void {
    this.#perSecond = perSecond;
    this.#atOnce = atOnce;
    this.#left = atOnce;
  }

  /** Returns whether another message may be taken now, and counts it if so. */
  take(bytes: number, nowMs: number): boolean {
    this.#left = Math.min(this.#atOnce, this.#left + ((nowMs - this.#atMs) / 1000) * this.#perSecond);
    this.#atMs = nowMs;
    // A message that is larger than the whole budget is paid off afterwards, as it could never be taken otherwise.
    if (this.#left < 1) return false;
    this.#left -= 1 + bytes / BYTES_PER_UNIT;
    return true;
  }
}
