import type { Usual } from '../kit/DailyBaseline.ts';
import type { Link } from '../../../../shared/county/county.ts';
import type { DetectorState } from './DetectorState.ts';

/** A speed older than this no longer describes the link. */
const HOLD_MS = 300_000;
/**
 * Half of free flow: HCM level of service E on urban streets begins there, and a freeway has broken down long before.
 */
const SLOW_RATIO = 0.5;
const CLEAR_RATIO = 0.6;
/**
 * Below this share of the slowest usual quarter of an hour, slow traffic is not the daily rhythm; above the other
 * share, the slowness is over.
 */
const UNUSUAL_SHARE = 0.75;
const USUAL_SHARE = 0.9;
/**
 * Without a baseline only speeds that can hardly be a daily rhythm count: signals slow a street to half of free flow
 * every day, but not a freeway.
 */
const NO_BASELINE = { freeway: { ratio: 0.4, periods: 2 }, other: { ratio: 0.25, periods: 10 } } as const;
const PERIODS_TO_SLOW = 2;
const PERIODS_TO_CLEAR = 2;
/** A single slow driver is not a queue. */
const FEWEST_VEHICLES = 2;
const FREE_RATIO = 0.75;

/** One link with detectors: its speed, and whether traffic on it is slower than it should be at this hour. */
export class LinkState {
  readonly index: number;
  readonly link: Link;
  readonly detectors: DetectorState[] = [];
  speedMps = Number.NaN;
  flowVph = Number.NaN;
  seenAtMs = Number.NaN;
  isSlow = false;
  slowSinceMs = Number.NaN;
  /** When traffic last flowed freely. */
  freeAtMs = Number.NaN;
  #slowPeriods = 0;
  #clearPeriods = 0;

  constructor(index: number, link: Link) {
    this.index = index;
    this.link = link;
  }

  get speedRatio(): number {
    return this.speedMps / this.link.freeFlowMps;
  }

  get isFree(): boolean {
    return this.speedRatio >= FREE_RATIO;
  }

  /**
   * Combines the values of its detectors. Each speed is weighted by the number of vehicles that it was measured from.
   */
  refresh(nowMs: number, isDay: boolean): void {
    let [weight, weighted, flows, flowSum, newestMs] = [0, 0, 0, 0, Number.NaN];
    for (const detector of this.detectors) {
      if (!(detector.seenAtMs <= newestMs)) newestMs = detector.seenAtMs;
      if (detector.quality === 'suspect' || detector.fault(nowMs, isDay) !== undefined) continue;
      const { measured, flow } = detector;
      if (measured !== undefined && nowMs - measured.atMs <= HOLD_MS) {
        const vehicles = Math.max(1, flow?.value ?? 1);
        weight += vehicles;
        weighted += vehicles * measured.value;
      }
      if (flow !== undefined && nowMs - flow.atMs <= HOLD_MS) {
        flows++;
        flowSum += flow.value;
      }
    }
    this.speedMps = weight === 0 ? Number.NaN : weighted / weight;
    this.flowVph = flows === 0 ? Number.NaN : flowSum / flows;
    this.seenAtMs = newestMs;
    if (this.isFree) this.freeAtMs = this.seenAtMs;
    if (Number.isNaN(this.speedMps)) this.#clear();
  }

  /** Counts one more period in which vehicles were measured. `vehicles` passed in it. */
  judge(usual: Usual | undefined, vehicles: number, atMs: number): void {
    const periods = this.#periodsNeeded(usual) * Math.max(1, this.detectors.length);
    if (this.#isSlowNow(usual)) {
      // Standing vehicles do not pass the detector, so a speed near zero counts even with fewer vehicles.
      if (vehicles < FEWEST_VEHICLES && this.speedRatio > 0.1) return;
      this.#clearPeriods = 0;
      if (this.#slowPeriods++ === 0) this.slowSinceMs = atMs;
      if (this.#slowPeriods >= periods) this.isSlow = true;
    } else if (!this.isSlow) {
      this.#slowPeriods = 0;
    } else if (this.#isOver(usual) && ++this.#clearPeriods >= PERIODS_TO_CLEAR * Math.max(1, this.detectors.length)) {
      this.#clear();
    }
  }

  /** The speed above which the link is no longer slow, where `usual` is usual. */
  clearMps(usual: Usual | undefined): number {
    const clear = CLEAR_RATIO * this.link.freeFlowMps;
    return usual === undefined ? clear : Math.min(clear, USUAL_SHARE * usual.low);
  }

  #clear(): void {
    this.isSlow = false;
    this.#slowPeriods = 0;
    this.#clearPeriods = 0;
    this.slowSinceMs = Number.NaN;
  }

  #isSlowNow(usual: Usual | undefined): boolean {
    if (usual !== undefined) return this.speedRatio < SLOW_RATIO && this.speedMps < UNUSUAL_SHARE * usual.low;
    return this.speedRatio < this.#withoutBaseline().ratio;
  }

  #isOver(usual: Usual | undefined): boolean {
    return this.speedMps > this.clearMps(usual);
  }

  #periodsNeeded(usual: Usual | undefined): number {
    return usual === undefined ? this.#withoutBaseline().periods : PERIODS_TO_SLOW;
  }

  #withoutBaseline(): (typeof NO_BASELINE)['freeway' | 'other'] {
    return this.link.roadClass === 'freeway' ? NO_BASELINE.freeway : NO_BASELINE.other;
  }
}
