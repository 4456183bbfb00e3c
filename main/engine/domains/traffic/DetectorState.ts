import type { Quality } from '../../../../shared/base/quality.ts';
import {
  isTooShort,
  judgePeriod,
  LOCKED_ON_MS,
  measuredSpeed,
  NO_HITS_MS,
  STALE_PERIODS,
} from '../../../../shared/traffic/judgePeriod.ts';
import type { DetectorPeriod } from '../../../../shared/traffic/judgePeriod.ts';

export type DetectorFault =
  'silent' | 'chatter' | 'lockedOn' | 'noHits' | 'implausible' | 'contradiction' | 'frozen' | 'ownError';

/** This many bad periods in a row are a fault, and as many good ones end it. */
const PERIODS_TO_FAULT = 3;
/** The same three numbers over this many periods cannot be traffic. */
const PERIODS_TO_FROZEN = 10;
const LOCKED_RATIO = 0.98;
/** Flow and occupancy are compared over about ten periods, and after this many periods with vehicles. */
const KEPT_SHARE = 0.9;
const LEAST_COMPARED = 4;
/** A count belongs to a speed measured within this time of it: sources such as Digitraffic send them separately. */
const TOGETHER_MS = 300_000;
const LEAST_STALE_MS = 90_000;

type Reading = { value: number; atMs: number };
type DetectorPlace = Pick<DetectorState, 'id' | 'row' | 'linkIndex' | 'lanes' | 'source'> & { periodS: number };

/** The present state of one traffic detector, and whether its values can be believed. */
export class DetectorState {
  readonly id: string;
  /** Place in the county's list; -1 for a station that only the registry of feeds names. */
  readonly row: number;
  readonly linkIndex: number;
  readonly lanes: number;
  readonly periodS: number;
  readonly staleAfterMs: number;
  /** The number of its feed among the sources. */
  readonly source: number;
  speed: Reading | undefined;
  flow: Reading | undefined;
  occupancy: Reading | undefined;
  /** The last speed measured from vehicles, not one held over an empty period. */
  measured: Reading | undefined;
  seenAtMs = Number.NaN;
  quality: Quality = 'missing';
  reason: string | undefined;
  isOpen = false;
  #badPeriods = 0;
  #lastBad: DetectorFault | undefined;
  #frozenPeriods = 0;
  /** Fading sums over periods with vehicles. */
  #compared = { periods: 0, coveredMps: 0, flowVph: 0 };
  #lastNumbers = '';
  #coveredSinceMs = Number.NaN;
  #lastHitMs = Number.NaN;
  #isOld = false;

  constructor({ id, row, linkIndex, lanes, periodS, source }: DetectorPlace) {
    this.id = id;
    this.row = row;
    this.linkIndex = linkIndex;
    this.lanes = lanes;
    this.periodS = periodS;
    this.source = source;
    this.staleAfterMs = Math.max(LEAST_STALE_MS, STALE_PERIODS * periodS * 1000);
  }

  /** The detector's values for its newest period. */
  period(): DetectorPeriod {
    const near = (reading: Reading | undefined, withinMs: number): number | undefined =>
      reading !== undefined && this.seenAtMs - reading.atMs <= withinMs ? reading.value : undefined;
    return {
      speedMps: near(this.speed, 0),
      flowVph: near(this.flow, TOGETHER_MS),
      occupancyRatio: near(this.occupancy, TOGETHER_MS),
    };
  }

  /**
   * Must be called once for every complete period, in order. Returns the speed that was measured in it, or undefined
   * where none was measured or none can be believed. `isQueueNear`: traffic here or next to it is known to stand, so a
   * detector that stays covered is covered by a vehicle and is not faulty.
   */
  closePeriod(isQueueNear: boolean): number | undefined {
    this.isOpen = false;
    const period = this.period();
    if ((period.flowVph ?? 0) > 0 || Number.isNaN(this.#lastHitMs)) this.#lastHitMs = this.seenAtMs;
    this.#watchCover(period, isQueueNear);
    this.#watchFrozen(period);
    this.#watchLength(period);
    const bad = this.quality === 'suspect' ? 'ownError' : judgePeriod(period, this.lanes);
    this.#badPeriods =
      bad === undefined ? Math.max(0, this.#badPeriods - 1) : Math.min(PERIODS_TO_FAULT, this.#badPeriods + 1);
    this.#lastBad = bad ?? (this.#badPeriods === 0 ? undefined : this.#lastBad);
    if (bad !== undefined || this.fault(this.seenAtMs, false) !== undefined) return undefined;
    // A loop that stays covered is as likely broken as blocked: it counts as standing traffic only where traffic is
    // known to stand.
    const isDoubtful = this.#isFullyCovered(period) && !isQueueNear;
    const speedMps = isDoubtful ? undefined : measuredSpeed(period);
    if (speedMps !== undefined) this.measured = { value: speedMps, atMs: this.seenAtMs };
    return speedMps;
  }

  /** `isDay`: an hour in which every watched road has traffic. Returns undefined while the detector can be believed. */
  fault(nowMs: number, isDay: boolean): DetectorFault | undefined {
    if (nowMs - this.seenAtMs > this.staleAfterMs) return 'silent';
    if (this.#badPeriods >= PERIODS_TO_FAULT) return this.#lastBad;
    if (this.seenAtMs - this.#coveredSinceMs >= LOCKED_ON_MS) return 'lockedOn';
    if (this.#frozenPeriods >= PERIODS_TO_FROZEN) return 'frozen';
    const { periods, coveredMps, flowVph } = this.#compared;
    if (periods >= LEAST_COMPARED && isTooShort(coveredMps, flowVph, this.lanes)) return 'contradiction';
    if (isDay && this.seenAtMs - this.#lastHitMs >= NO_HITS_MS) return 'noHits';
    return undefined;
  }

  /**
   * True once when the detector becomes old, or is no longer old, by the passing of time alone, so that the screen is
   * updated.
   */
  hasAged(nowMs: number): boolean {
    const isOld = nowMs - this.seenAtMs > this.staleAfterMs;
    const hasChanged = isOld !== this.#isOld;
    this.#isOld = isOld;
    return hasChanged;
  }

  #isFullyCovered({ flowVph, occupancyRatio }: DetectorPeriod): boolean {
    return flowVph === 0 && occupancyRatio !== undefined && occupancyRatio >= LOCKED_RATIO;
  }

  #watchCover(period: DetectorPeriod, isQueueNear: boolean): void {
    if (isQueueNear || !this.#isFullyCovered(period)) this.#coveredSinceMs = Number.NaN;
    else if (Number.isNaN(this.#coveredSinceMs)) this.#coveredSinceMs = this.seenAtMs;
  }

  #watchLength({ speedMps, flowVph, occupancyRatio }: DetectorPeriod): void {
    if (!(flowVph !== undefined && flowVph > 0) || speedMps === undefined || occupancyRatio === undefined) return;
    const { periods, coveredMps, flowVph: flows } = this.#compared;
    this.#compared = {
      periods: KEPT_SHARE * periods + 1,
      coveredMps: KEPT_SHARE * coveredMps + occupancyRatio * speedMps,
      flowVph: KEPT_SHARE * flows + flowVph,
    };
  }

  #watchFrozen({ speedMps, flowVph, occupancyRatio }: DetectorPeriod): void {
    // Without a vehicle the numbers rightly stay as they are.
    const numbers =
      speedMps === undefined || flowVph === 0 ? '' : `${speedMps} ${flowVph ?? ''} ${occupancyRatio ?? ''}`;
    this.#frozenPeriods = numbers !== '' && numbers === this.#lastNumbers ? this.#frozenPeriods + 1 : 0;
    this.#lastNumbers = numbers;
  }
}
