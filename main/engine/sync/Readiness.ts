/** What peers have may be on its way for this long. */
const ON_ITS_WAY_MS = 2000;
/** When no missing entry came for this long, the workstations that say they have them cannot give them. */
const STALLED_MS = 10_000;

/**
 * Whether the log here is complete enough to lead: as complete as the connected workstations can make it. Entries that
 * only a workstation which is gone has keep nobody from leading, and neither do entries that nobody gives.
 */
export class Readiness {
  #wholeAtMs = Number.NEGATIVE_INFINITY;
  #progressAtMs: number | undefined;
  #least = Number.POSITIVE_INFINITY;

  /** `obtainable`: how many entries the workstations that are heard now have and that are missing here. */
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
