import { ComparativeDetector } from './ComparativeDetector.ts';
import { nothingFound } from './Detector.ts';
import type { Detector, Period, Verdict } from './Detector.ts';
import { StatisticalDetector } from './StatisticalDetector.ts';

/** Traffic downstream is free from this share of free flow on: the cause of a queue here is not further on. */
const FREE_RATIO = 0.75;
/** From this certainty on it is an incident. */
const ENOUGH = 0.55;
/** An incident is over after so many periods in which nothing was unusual. */
const CALM_PERIODS = 2;

/**
 * Joins the methods. What is usual decides, as it alone separates a crash from a daily queue; the contrast of two
 * detectors adds certainty, and dense traffic downstream takes it away. Once found, an incident lasts until the road is
 * calm again.
 */
export class FusedDetector implements Detector {
  readonly #comparative = new ComparativeDetector();
  readonly #statistical = new StatisticalDetector();
  #found: Verdict = nothingFound;
  #calm = 0;

  judge(period: Period): Verdict {
    const contrast = this.#comparative.judge(period);
    const unusual = this.#statistical.judge(period);
    const isSlowDownstream =
      period.downstream !== undefined &&
      period.downstream.speedMps < FREE_RATIO * period.commonRatio * period.downstream.freeFlowMps;
    const certainty =
      unusual.isIncident && !isSlowDownstream ? 1 - (1 - unusual.certainty) * (1 - contrast.certainty) : 0;
    if (certainty >= ENOUGH)
      this.#found = { isIncident: true, certainty, evidence: [...unusual.evidence, ...contrast.evidence] };
    // Traffic downstream may slow down later, as a queue dissolves: what was found is still the same incident.
    this.#calm = unusual.isIncident ? 0 : this.#calm + 1;
    if (this.#calm >= CALM_PERIODS) this.#found = nothingFound;
    return this.#found;
  }
}
