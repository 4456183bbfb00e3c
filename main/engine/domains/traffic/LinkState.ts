import type { Usual } from '../kit/DailyBaseline.ts';
import type { Link } from '../../../../shared/county/county.ts';
import type { DetectorState } from './DetectorState.ts';
import { decayedSpeed, freshShare, fuseSpeeds } from './fuseSpeeds.ts';
import type { Estimate } from './fuseSpeeds.ts';
import type { SegmentState } from './SegmentState.ts';

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
/** A detector measures one place of the link. */
const DETECTOR_CONFIDENCE = 0.9;

/** NaN of an empty list. */
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One link with detectors or travel times: its speed, and whether traffic on it is slower than it should be at this hour. */
export class LinkState {
  readonly index: number;
  readonly link: Link;
  readonly detectors: DetectorState[] = [];
  readonly segments: SegmentState[] = [];
  speedMps = Number.NaN;
  flowVph = Number.NaN;
  occupancyRatio = Number.NaN;
  seenAtMs = Number.NaN;
  /** How far the measured speed can be trusted, 0 to 1, and the source that weighs most in it. */
  confidence = 0;
  source = '';
  /** The last measured speed. */
  measured = { speedMps: Number.NaN, atMs: Number.NaN };
  isSlow = false;
  slowSinceMs = Number.NaN;
  #slowPeriods = 0;
  #clearPeriods = 0;

  constructor(index: number, link: Link) {
    this.index = index;
    this.link = link;
  }

  get speedRatio(): number {
    return this.speedMps / this.link.freeFlowMps;
  }

  /**
   * Combines the values of its detectors, each speed weighted by the number of vehicles that it was measured from, with
   * the travel times of segments across it.
   */
  refresh(nowMs: number, isDay: boolean): void {
    let [weight, weighted, newestMs, measuredMs] = [0, 0, Number.NaN, Number.NaN];
    const flows: number[] = [];
    const occupancies: number[] = [];
    for (const detector of this.detectors) {
      if (!(detector.seenAtMs <= newestMs)) newestMs = detector.seenAtMs;
      if (detector.quality === 'suspect' || detector.fault(nowMs, isDay) !== undefined) continue;
      const { measured, flow, occupancy } = detector;
      if (measured !== undefined && nowMs - measured.atMs <= HOLD_MS) {
        const vehicles = Math.max(1, flow?.value ?? 1);
        if (!(measured.atMs <= measuredMs)) measuredMs = measured.atMs;
        weight += vehicles;
        weighted += vehicles * measured.value;
      }
      if (flow !== undefined && nowMs - flow.atMs <= HOLD_MS) flows.push(flow.value);
      if (occupancy !== undefined && nowMs - occupancy.atMs <= HOLD_MS) occupancies.push(occupancy.value);
    }
    this.flowVph = meanOf(flows);
    this.occupancyRatio = meanOf(occupancies);
    this.seenAtMs = this.segments.reduce((ms, { seenAtMs }) => (seenAtMs <= ms ? ms : seenAtMs), newestMs);
    this.#fuse(weighted / weight, measuredMs, nowMs);
    if (Number.isNaN(this.speedMps)) this.#clear();
  }

  /** The speed to assume now: the measured one, or what is left of it beside the usual one; undefined without both. */
  assumed(usualMps: number | undefined, nowMs: number): Estimate | undefined {
    if (!Number.isNaN(this.speedMps)) return this;
    if (usualMps === undefined) return undefined;
    return decayedSpeed(this.measured.speedMps, nowMs - this.measured.atMs, usualMps);
  }

  #fuse(detectedMps: number, detectedAtMs: number, nowMs: number): void {
    const confidence = DETECTOR_CONFIDENCE * freshShare(nowMs - detectedAtMs, HOLD_MS);
    const fused = fuseSpeeds([
      ...(confidence > 0 ? [{ speedMps: detectedMps, confidence, source: 'detectors' }] : []),
      ...this.segments.flatMap((segment) => segment.estimate(nowMs) ?? []),
    ]);
    this.speedMps = fused?.speedMps ?? Number.NaN;
    this.confidence = fused?.confidence ?? 0;
    this.source = fused?.source ?? '';
    if (fused === undefined) return;
    const newestMs = Math.max(
      ...[detectedAtMs, ...this.segments.map((segment) => segment.measuredAtMs)].filter((atMs) => !Number.isNaN(atMs)),
    );
    this.measured = { speedMps: fused.speedMps, atMs: newestMs };
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
