import { nothingFound } from './Detector.ts';
import type { Detector, Period, Station, Verdict } from './Detector.ts';

/** Deviations count in these units at least: a share of the usual speed. */
const LEAST_SPREAD = 0.05;
/** The cumulative sum of deviations: what each has to exceed, the most that one counts, and the limit. */
const SPEED = { allowance: 1.5, most: 6, limit: 6 } as const;
/** A crash leaves less than this share of the usual speed; drivers who slow down to look leave more. */
const SLOW_SHARE = 0.6;
/** The same for vehicles that pass here and do not arrive downstream. */
const FLOW = { allowance: 0.8, most: 4, limit: 10 } as const;
/** How fast the usual difference of two flows and its size are followed: about an hour of periods. */
const FOLLOW_SHARE = 0.01;
/** So many periods are needed to know how much two flows differ by chance. */
const LEAST_PERIODS = 100;
/** A mean absolute deviation of 1 is a standard deviation of this much. */
const DEVIATION_OF_MEAN = 1.2533;
/** With fewer vehicles per period than this, a loss of some says nothing. */
const FEWEST_VEHICLES = 12;
const LARGEST_SUM = 2;

type Limits = { allowance: number; most: number; limit: number };

/** A cumulative sum (Page, 1954), bounded so that it falls soon after the cause has gone. */
const cumulate = (sum: number, deviation: number, { allowance, most, limit }: Limits): number =>
  Math.max(0, Math.min(LARGEST_SUM * limit, sum + Math.min(most, deviation) - allowance));

/**
 * A statistical method on the learned day: speed far below what is usual here at this time, after what all roads have
 * in common is taken out, or vehicles that pass here and do not arrive downstream as on other days.
 */
export class StatisticalDetector implements Detector {
  #slow = 0;
  #lost = 0;
  /** Of the vehicles that pass here and do not arrive: the usual number, and its mean absolute deviation. */
  #missing = { usual: 0, deviation: 0, periods: 0 };

  judge({ here, downstream, commonRatio, periodS }: Period): Verdict {
    const { usual } = here;
    if (usual === undefined) return nothingFound;
    const expectedMps = usual.typical * commonRatio;
    if (!Number.isNaN(here.speedMps)) {
      const spread = Math.max(usual.spread, LEAST_SPREAD * usual.typical);
      this.#slow = cumulate(this.#slow, (expectedMps - here.speedMps) / spread, SPEED);
    }
    this.#lost = cumulate(this.#lost, this.#lossOf(here, downstream, periodS) ?? 0, FLOW);
    const isSlow = this.#slow >= SPEED.limit && here.speedMps < SLOW_SHARE * expectedMps;
    const isLost = this.#lost >= FLOW.limit;
    if (!isSlow && !isLost) return nothingFound;
    return {
      isIncident: true,
      certainty: isSlow && isLost ? 0.9 : isSlow ? 0.6 : 0.4,
      evidence: [
        ...(isSlow ? [`speed ${Math.round((100 * here.speedMps) / expectedMps)} % of what is usual now`] : []),
        ...(isLost ? ['fewer vehicles arrive downstream than pass here'] : []),
      ],
    };
  }

  /** By how many standard deviations the flow downstream is below what the flow here lets expect. */
  #lossOf(here: Station, downstream: Station | undefined, periodS: number): number | undefined {
    const [from, to] = [here.usualFlowVph, downstream?.usualFlowVph];
    if (downstream === undefined || from === undefined || to === undefined || from === 0) return undefined;
    const expectedVph = (here.flowVph * to) / from;
    const vehicles = (expectedVph * periodS) / 3600;
    if (!(vehicles >= FEWEST_VEHICLES) || Number.isNaN(downstream.flowVph)) return undefined;
    const missing = vehicles - (downstream.flowVph * periodS) / 3600 - this.#missing.usual;
    // Both counts vary by chance at least; where they vary more, that is learned.
    const deviation = Math.max(Math.sqrt(2 * vehicles), DEVIATION_OF_MEAN * this.#missing.deviation);
    const bounded = Math.max(-2 * deviation, Math.min(2 * deviation, missing));
    const share = Math.max(FOLLOW_SHARE, 1 / ++this.#missing.periods);
    this.#missing.usual += share * bounded;
    this.#missing.deviation += share * (Math.abs(bounded) - this.#missing.deviation);
    return this.#missing.periods < LEAST_PERIODS ? undefined : missing / deviation;
  }
}
