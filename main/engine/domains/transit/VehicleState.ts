import { delayAt, isPlausibleDelay } from '../../../../shared/transit/adherence.ts';
import type { OnShape } from '../../../../shared/transit/ShapeLine.ts';
import { isUsable } from '../../../../shared/base/quality.ts';
import type { Quality } from '../../../../shared/base/quality.ts';
import type { VehicleObservation } from '../../../../shared/base/values.ts';
import type { Stop } from '../../../../shared/county/county.ts';
import { LONGEST_MS, STALE_INTERVALS, WARN_INTERVALS } from './ReportCadence.ts';
import type { ReportCadence } from './ReportCadence.ts';
import type { Run } from './TripMatcher.ts';

/**
 * A vehicle that has been silent for this long is removed from the map. A last known position (a retained message, a
 * replay) stays just as long and is shown as stale.
 */
export const GONE_MS = 1_800_000;
/** A vehicle further from its line than this is on a diversion, and its distance along the line means nothing. */
const FARTHEST_OFF_M = 250;
/**
 * Within this distance of the ends of a line vehicles wait for their departure: that is neither bunching nor running
 * early.
 */
const TERMINAL_M = 120;
const JITTER_M = 100;
/** Other passes of the line count as places of the vehicle where they are at most this much farther off. */
const PASS_M = 60;
/** Going back along the line is as unlikely as a leap of the delay by this many seconds. */
const BACK_S = 600;
/** A vehicle this near to the end of its trip has arrived. */
const ARRIVED_M = 60;
/** A vehicle first seen at the end of its trip this long after it was due may have waited there. */
const JUST_ARRIVED_S = 90;
/** Boarding has begun. */
const DEPARTING_S = 60;

type DelaySource = 'feed' | 'trip update' | 'position';

/** One vehicle on the road: its position, its trip and its delay. */
export class VehicleState {
  readonly row: number;
  readonly id: string;
  /** The number of its feed among the sources. */
  readonly source: number;
  /** Of all vehicles of its fleet. */
  readonly cadence: ReportCadence;
  seen: VehicleObservation;
  /** When its last position was received; the position itself may be much older. */
  heardAtMs = Number.NaN;
  lon = Number.NaN;
  lat = Number.NaN;
  run: Run | undefined;
  runKey = '';
  /** When its run was last looked for. */
  matchedAtMs = Number.NEGATIVE_INFINITY;
  /** Metres along the trip's line; NaN where not known. */
  alongM = Number.NaN;
  /** Positive when late; NaN where not known. */
  delayS = Number.NaN;
  delaySource: DelaySource | undefined;
  /** A reported delay that cannot be true. */
  disbelieved: { source: DelaySource; delayS: number } | undefined;
  /** The first delay that is known at all, believed or not: what a wrong clock shifts for a whole fleet. */
  rawDelayS = Number.NaN;
  /** Whether it has reached the last stop of its trip: what it does then is a layover. */
  hasArrived = false;
  /** Metres from its line; NaN where not known. */
  offM = Number.NaN;
  isBunched = false;
  isVeryLate = false;
  isShown = false;
  #intervalMs: number | undefined;
  #furthestM = Number.NaN;
  #measuredS = Number.NaN;
  #arrivedS = Number.NaN;

  constructor(row: number, seen: VehicleObservation, source: number, cadence: ReportCadence) {
    this.row = row;
    this.source = source;
    this.cadence = cadence;
    this.id = seen.vehicleId;
    this.seen = seen;
  }

  get atMs(): number {
    return this.seen.atMs;
  }

  get isInService(): boolean {
    return (
      this.seen.outOfService !== true &&
      (this.run !== undefined || this.seen.routeId !== undefined || this.seen.tripId !== undefined)
    );
  }

  get routeId(): string | undefined {
    return this.run?.plan.trip.routeId ?? this.seen.routeId;
  }

  /**
   * Whether it serves a trip at this moment: a vehicle that waits at its first stop long before the departure does not
   * yet.
   */
  isOnTrip(nowMs: number): boolean {
    if (!this.isInService || this.run === undefined) return this.isInService;
    return nowMs >= this.run.startMs + ((this.run.plan.stops[0]?.departureS ?? 0) - DEPARTING_S) * 1000;
  }

  /** Whether its data is fresh enough and it is on a trip, so that it may be judged. */
  isJudged(nowMs: number): boolean {
    return this.isInService && !this.hasArrived && nowMs - this.atMs <= this.judgedMs && isUsable(this.seen.quality);
  }

  /** Whether it has left its first stop and has not reached its last. */
  get isUnderWay(): boolean {
    const stops = this.run?.plan.stops;
    const [first, last] = [stops?.[0], stops?.at(-1)];
    return (
      first !== undefined &&
      last !== undefined &&
      this.alongM > first.alongM + TERMINAL_M &&
      this.alongM < last.alongM - TERMINAL_M
    );
  }

  /** Whether it is so far from its line that its place on it means nothing. */
  get isOffRoute(): boolean {
    return this.run !== undefined && this.offM > FARTHEST_OFF_M;
  }

  /** Whether it is at its first stop, before its trip. */
  get isWaitingToStart(): boolean {
    const first = this.run?.plan.stops[0];
    return first !== undefined && this.alongM <= first.alongM + TERMINAL_M;
  }

  /** Takes the time since its report before. */
  noteInterval(intervalMs: number): void {
    this.cadence.note(intervalMs);
    this.#intervalMs = intervalMs <= LONGEST_MS ? intervalMs : undefined;
  }

  /** From this age on its report is old: by its fleet's cadence, or by its own where that is slower. */
  get warnMs(): number {
    return Math.max(this.cadence.warnMs, WARN_INTERVALS * (this.#intervalMs ?? 0));
  }

  /** Up to this age its report may be judged. */
  get judgedMs(): number {
    return Math.max(this.cadence.judgedMs, WARN_INTERVALS * (this.#intervalMs ?? 0));
  }

  /** From this age on its report says nothing about the present. */
  get staleMs(): number {
    return Math.max(this.cadence.staleMs, STALE_INTERVALS * (this.#intervalMs ?? 0));
  }

  /**
   * Whether its next report is overdue. After its first one nobody knows when that is due: a vehicle may report more
   * rarely than those that are on the road already.
   */
  isSilent(nowMs: number): boolean {
    return nowMs - this.atMs > (this.#intervalMs === undefined ? LONGEST_MS : this.warnMs);
  }

  quality(nowMs: number): Quality {
    const ageMs = nowMs - this.atMs;
    if (ageMs > this.staleMs) return 'stale';
    return ageMs > this.warnMs && this.seen.quality === 'good' ? 'suspect' : this.seen.quality;
  }

  /** Takes a newer observation; where it has no position, it is at its `stop`, or the position stays as it was. */
  take(seen: VehicleObservation, run: Run | undefined, stop?: Pick<Stop, 'id' | 'lon' | 'lat'>): void {
    if (run?.key !== this.run?.key) {
      this.alongM = this.#furthestM = this.#measuredS = this.#arrivedS = this.offM = Number.NaN;
      this.hasArrived = false;
    }
    this.seen = seen;
    this.run = run;
    if (seen.lon === undefined && stop !== undefined) this.#standAt(stop);
    if (seen.lon === undefined || seen.lat === undefined || !isUsable(seen.quality)) return;
    this.lon = seen.lon;
    this.lat = seen.lat;
    if (run !== undefined) this.#locate(run, seen.lon, seen.lat);
  }

  /**
   * Decides on the delay: what the vehicle or its operator reports, where that can be true, otherwise what its place
   * says. `forecastS` is the delay that the operator's trip update gives; NaN for none.
   */
  decideDelay(forecastS: number): void {
    const reported: [number, DelaySource][] = [
      [this.seen.delayS ?? Number.NaN, 'feed'],
      [forecastS, 'trip update'],
    ];
    const measuredS = this.#measuredS;
    const known = [...reported, [measuredS, 'position'] as const].filter(([delayS]) => Number.isFinite(delayS));
    const canBe = (delayS: number): boolean =>
      isPlausibleDelay(delayS) && !(isPlausibleDelay(measuredS) && !isPlausibleDelay(delayS - measuredS));
    const [believed] = known.filter(([delayS]) => canBe(delayS));
    const wrong = known.find(([delayS]) => !canBe(delayS));
    this.rawDelayS = known[0]?.[0] ?? Number.NaN;
    this.disbelieved = wrong && { delayS: wrong[0], source: wrong[1] };
    this.delayS = this.seen.outOfService === true ? Number.NaN : (believed?.[0] ?? Number.NaN);
    this.delaySource = Number.isNaN(this.delayS) ? undefined : believed?.[1];
    if (this.hasArrived && this.run !== undefined) this.#freeze();
  }

  /** After its arrival a vehicle waits, which is no delay: the one that it arrived with stays. */
  #freeze(): void {
    this.delayS = this.#arrivedS;
    if (Number.isNaN(this.delayS)) this.delaySource = undefined;
  }

  /** A place that only a stop gives says nothing of how late a vehicle is: it may be on its way to the stop. */
  #standAt({ id, lon, lat }: Pick<Stop, 'id' | 'lon' | 'lat'>): void {
    const { stopSequence } = this.seen;
    const stops = this.run?.plan.stops ?? [];
    const planned = stops.find(({ sequence, stopId }) => sequence === stopSequence && stopId === id);
    this.lon = lon;
    this.lat = lat;
    this.alongM = (planned ?? stops.find(({ stopId }) => stopId === id))?.alongM ?? Number.NaN;
    this.#measuredS = Number.NaN;
  }

  #locate(run: Run, lon: number, lat: number): void {
    const passes = run.plan.line.passes(lon, lat, PASS_M);
    this.offM = Math.min(...passes.map(({ offM }) => offM));
    if (!(this.offM <= FARTHEST_OFF_M)) {
      this.alongM = this.#measuredS = Number.NaN;
      return;
    }
    const [best] = passes
      .map((pass) => ({ ...pass, delayS: this.#delayOn(run, pass), cost: this.#costOf(run, pass) }))
      .sort((a, b) => a.cost - b.cost);
    if (best === undefined) return;
    const beforeS = this.#measuredS;
    this.alongM = best.alongM;
    this.#measuredS = best.delayS;
    // A little behind the furthest place is the jitter of the position; clearly behind it shows that it was taken too
    // far ahead.
    const isJitter = best.alongM < this.#furthestM && best.alongM > this.#furthestM - JITTER_M;
    if (!isJitter) this.#furthestM = best.alongM;
    const lastM = run.plan.stops.at(-1)?.alongM ?? Number.POSITIVE_INFINITY;
    const hasArrived = best.alongM >= lastM - ARRIVED_M;
    if (hasArrived && !this.hasArrived) this.#arrivedS = this.#arrivalDelay(beforeS);
    this.hasArrived = hasArrived;
  }

  /**
   * The delay with which it arrived, seconds: it came between this position and the one before, so it is no later than
   * now, and probably as late as it was. NaN where it was first seen long after it should have arrived.
   */
  #arrivalDelay(beforeS: number): number {
    const nowS = this.#measuredS;
    const reportedS = this.seen.delayS ?? Number.NaN;
    if (Number.isFinite(reportedS) && isPlausibleDelay(reportedS)) return reportedS;
    if (Number.isFinite(beforeS)) return Math.min(nowS, beforeS);
    return nowS <= JUST_ARRIVED_S ? nowS : Number.NaN;
  }

  #delayOn(run: Run, { alongM }: OnShape): number {
    const { stops } = run.plan;
    const delayS = delayAt(stops, alongM, (this.atMs - run.startMs) / 1000);
    const isWaiting = alongM <= (stops[0]?.alongM ?? 0) + TERMINAL_M;
    return isWaiting ? Math.max(0, delayS) : delayS;
  }

  /**
   * How unlikely it is that a vehicle is on this pass of its line: on a line that comes by twice, the place alone does
   * not show which pass it is, but a delay does not leap.
   */
  #costOf(run: Run, pass: OnShape): number {
    const expectedS = [this.#measuredS, this.seen.delayS ?? Number.NaN].find(isPlausibleDelay) ?? 0;
    const backS = pass.alongM < this.#furthestM - JITTER_M ? BACK_S : 0;
    return Math.abs(this.#delayOn(run, pass) - expectedS) + backS + pass.offM;
  }
}
