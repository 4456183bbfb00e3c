/** A report is current until this long after the next one was due, in intervals of the fleet. */
export const WARN_INTERVALS = 1.5;
/** From this long after the next report was due, a report says nothing any more, in intervals. */
export const STALE_INTERVALS = 2.5;
/** GTFS-Realtime best practice says that positions are not older than 90 s; Skate greys a vehicle after 150 s. */
const LEAST_WARN_MS = 90_000;
const LEAST_STALE_MS = 150_000;
/** A vehicle that comes back after longer was not on the road in between. */
export const LONGEST_MS = 1_200_000;
const SHORTEST_MS = 500;
const KEPT = 64;
const UNKNOWN_MS = 300_000;
/** From so many intervals on the cadence counts as known. */
const FEWEST = 2;

/**
 * How often the vehicles of one fleet report, learned from their own reports: a feed that refreshes every ten minutes
 * is as healthy as one that does so every second.
 */
export class ReportCadence {
  readonly #intervals: number[] = [];
  #next = 0;
  /** Undefined where reports have come since it was computed: fleets report far more often than it is asked for. */
  #medianMs: number | undefined;

  /** Takes the time between two reports of one vehicle. */
  note(intervalMs: number): void {
    if (!(intervalMs >= SHORTEST_MS && intervalMs <= LONGEST_MS)) return;
    this.#intervals[this.#next] = intervalMs;
    this.#next = (this.#next + 1) % KEPT;
    this.#medianMs = undefined;
  }

  /** Whether enough reports have come to say when one is overdue. */
  get isKnown(): boolean {
    return this.#intervals.length >= FEWEST;
  }

  /** From this age on a report is old. */
  get warnMs(): number {
    return Math.max(LEAST_WARN_MS, WARN_INTERVALS * this.#median());
  }

  /** Up to this age a report may be judged; before the cadence is known, a slow feed has the benefit of the doubt. */
  get judgedMs(): number {
    return this.isKnown ? this.warnMs : UNKNOWN_MS;
  }

  /** From this age on a report says nothing about the present. */
  get staleMs(): number {
    return Math.max(LEAST_STALE_MS, STALE_INTERVALS * this.#median());
  }

  #median(): number {
    if (this.#medianMs === undefined) {
      const sorted = this.#intervals.toSorted((a, b) => a - b);
      this.#medianMs = sorted[Math.floor(sorted.length / 2)] ?? 0;
    }
    return this.#medianMs;
  }
}
