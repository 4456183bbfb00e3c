import { AnomalyDetector } from '../../../../shared/base/anomaly/AnomalyDetector.ts';
import type { Finding } from '../../../../shared/base/anomaly/AnomalyDetector.ts';
import { QUARTER_HOUR_MS } from '../../../../shared/base/durations.ts';
import type { LocalTime } from '../../../../shared/base/localTime.ts';
import { BASELINE_DAYS } from './DailyBaseline.ts';
import type { DailyBaseline } from './DailyBaseline.ts';

/** As many quarters of an hour as the baseline holds. */
const QUARTERS = BASELINE_DAYS * 96;
/** How many series are looked after per call. */
const SERIES_AT_ONCE = 64;
/** A quarter is judged so long after its end, when its last values have arrived. */
const LATE_MS = 120_000;
/** Without a new quarter for so long, a series is no longer judged, and its finding is withdrawn. */
const SILENT_QUARTERS = 8;

type Watched = {
  detector: AnomalyDetector;
  /** The quarters since 1970 before which all have been judged. */
  doneTo: number;
  lastQuarter: number;
  isOutdated: boolean;
};

/**
 * Looks for anomalies in the means by quarter of an hour that a baseline holds. A quarter is judged soon after it is
 * over. Late values of a quarter that was judged let its series be judged again from the first quarter held, so the
 * order of arrival does not matter, and after a restart the stored history leads to the same findings.
 */
export class SeriesWatch {
  readonly #baseline: DailyBaseline;
  readonly #time: LocalTime;
  readonly #watched = new Map<number, Watched>();
  #series: number[] = [];
  #turn = 0;
  #quarter = 0;

  constructor(baseline: DailyBaseline, time: LocalTime) {
    this.#baseline = baseline;
    this.#time = time;
  }

  /** Called for each value that the baseline has learned. */
  note(series: number, atMs: number): void {
    const watched = this.#watched.get(series);
    if (watched === undefined) {
      this.#watched.set(series, { detector: new AnomalyDetector(), doneTo: 0, lastQuarter: 0, isOutdated: true });
      this.#series.push(series);
    } else if (atMs < watched.doneTo * QUARTER_HOUR_MS) watched.isOutdated = true;
  }

  /** Judges what has been completed of some series; after some calls all have had their turn. */
  advance(nowMs: number): void {
    this.#quarter = Math.floor((nowMs - LATE_MS) / QUARTER_HOUR_MS);
    for (let count = Math.min(SERIES_AT_ONCE, this.#series.length); count > 0; count--) {
      this.#turn = (this.#turn + 1) % this.#series.length;
      const series = this.#series[this.#turn] ?? 0;
      const watched = this.#watched.get(series);
      if (watched === undefined || (!watched.isOutdated && watched.doneTo >= this.#quarter)) continue;
      // A whole series takes about a millisecond, which is enough for one call.
      if (watched.isOutdated) return this.#judgeAgain(series, watched);
      this.#judge(series, watched);
    }
  }

  /** What is unusual about a series now. */
  finding(series: number, leastScore: number): Finding | undefined {
    const watched = this.#watched.get(series);
    if (watched === undefined || this.#quarter - watched.lastQuarter > SILENT_QUARTERS) return undefined;
    return watched.detector.finding(leastScore);
  }

  #judgeAgain(series: number, watched: Watched): void {
    watched.detector = new AnomalyDetector();
    watched.doneTo = this.#quarter - QUARTERS;
    watched.isOutdated = false;
    this.#judge(series, watched);
  }

  #judge(series: number, watched: Watched): void {
    for (; watched.doneTo < this.#quarter; watched.doneTo++) {
      const atMs = watched.doneTo * QUARTER_HOUR_MS;
      const mean = this.#baseline.quarterMean(series, atMs);
      if (mean === undefined) continue;
      watched.detector.take(mean, atMs, this.#time.secondOfDay(atMs));
      watched.lastQuarter = watched.doneTo;
    }
  }
}
