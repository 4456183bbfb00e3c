/** What peers have may be on its way for so long. */
const ON_ITS_WAY_MS = 2000;
/** Nothing of what is missing came for so long: those who say that they have it cannot give it. */
const STALLED_MS = 10_000;

/**
 * Whether the log here is whole enough to lead: as whole as those who are there can make it. What only a workstation
 * has that is gone keeps nobody from leading, and neither does what nobody gives.
 */
export class Readiness {
  #wholeAtMs = Number.NEGATIVE_INFINITY;
  #progressAtMs: number | undefined;
  #least = Number.POSITIVE_INFINITY;

  /** `obtainable`: entries that workstations which are heard now have, and that are not here. */
  tick(atMs: number, obtainable: number): boolean {
    if (obtainable === 0) {
      this.#wholeAtMs = atMs;
      this.#progressAtMs = undefined;
      this.#least = Number.POSITIVE_INFINITY;
      return true;
    }
    if (this.#progressAtMs === undefined || obtainable < this.#least) this.#progressAtMs = atMs;
    this.#least = Math.min(this.#least, obtainable);
    return atMs - this.#wholeAtMs < ON_ITS_WAY_MS || atMs - this.#progressAtMs >= STALLED_MS;
  }
}
