/** A gap longer than this says that a device was away, and nothing of its cadence. */
const LONGEST_MS = 8 * 86_400_000;
/** How much a new interval counts, and how far it may move the cadence: one outage teaches little. */
const WEIGHT = 0.3;
const MOST_FACTOR = 4;
const SHORTEST_MS = 1000;

/**
 * The time between two reports that is usual for a device, learned from one interval more. NaN where nothing is known;
 * the first interval is then believed.
 */
export function nextPeriodMs(periodMs: number, intervalMs: number): number {
  if (!(intervalMs > 0) || intervalMs > LONGEST_MS) return periodMs;
  if (Number.isNaN(periodMs)) return Math.max(SHORTEST_MS, intervalMs);
  const bounded = Math.min(intervalMs, MOST_FACTOR * periodMs);
  return Math.max(SHORTEST_MS, periodMs + WEIGHT * (bounded - periodMs));
}

/**
 * How often one series is measured, and how often its values arrive: a logger that measures every 15 minutes may send
 * them once per day.
 */
export class Cadence {
  #measuredMs = Number.NaN;
  #arrivesMs = Number.NaN;
  #newestMs = Number.NaN;
  #heardMs = Number.NaN;

  /** Takes a value that is newer than all before it. */
  note(atMs: number, nowMs: number): void {
    this.#measuredMs = nextPeriodMs(this.#measuredMs, atMs - this.#newestMs);
    this.#arrivesMs = nextPeriodMs(this.#arrivesMs, nowMs - this.#heardMs);
    this.#newestMs = atMs;
    this.#heardMs = nowMs;
  }

  /** The longer of both; NaN while nothing is known. */
  get periodMs(): number {
    if (Number.isNaN(this.#arrivesMs)) return this.#measuredMs;
    return Math.max(this.#measuredMs, this.#arrivesMs);
  }
}
