import { scheduledAt } from '../../../../shared/transit/adherence.ts';
import { isUsable } from '../../../../shared/base/quality.ts';
import type { Quality } from '../../../../shared/base/quality.ts';
import type { VehicleObservation } from '../../../../shared/base/values.ts';
import type { Run } from './TripMatcher.ts';

/** GTFS-Realtime best practice says that positions are not older than 90 s; Skate greys a vehicle after 150 s. */
export const STALE_WARN_MS = 90_000;
export const STALE_MS = 150_000;
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
/** Boarding has begun. */
const DEPARTING_S = 60;

/** One vehicle on the road: its position, its trip and its delay. */
export class VehicleState {
  readonly row: number;
  readonly id: string;
  /** The number of its feed among the sources. */
  readonly source: number;
  seen: VehicleObservation;
  /** When its last position was received; the position itself may be much older. */
  heardAtMs = Number.NaN;
  lon = Number.NaN;
  lat = Number.NaN;
  run: Run | undefined;
  runKey = '';
  /** Metres along the trip's line; NaN where not known. */
  alongM = Number.NaN;
  /** Positive when late; NaN where not known. */
  delayS = Number.NaN;
  delaySource: 'feed' | 'trip update' | 'position' | undefined;
  isBunched = false;
  isVeryLate = false;
  isShown = false;
  #furthestM = Number.NaN;

  constructor(row: number, seen: VehicleObservation, source: number) {
    this.row = row;
    this.source = source;
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
    return this.isInService && nowMs - this.atMs <= STALE_WARN_MS && isUsable(this.seen.quality);
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

  quality(nowMs: number): Quality {
    const ageMs = nowMs - this.atMs;
    if (ageMs > STALE_MS) return 'stale';
    return ageMs > STALE_WARN_MS && this.seen.quality === 'good' ? 'suspect' : this.seen.quality;
  }

  /** Takes a newer observation; where it has no position, the position stays as it was. */
  take(seen: VehicleObservation, run: Run | undefined, tripDelayS: number | undefined): void {
    if (run !== this.run) this.alongM = this.#furthestM = Number.NaN;
    this.seen = seen;
    this.run = run;
    if (seen.lon !== undefined && seen.lat !== undefined && isUsable(seen.quality)) this.#move(seen.lon, seen.lat);
    this.#findDelay(seen, tripDelayS);
  }

  #move(lon: number, lat: number): void {
    this.lon = lon;
    this.lat = lat;
    if (this.run === undefined) return;
    const { alongM, offM } = this.run.plan.line.project(
      lon,
      lat,
      Number.isNaN(this.#furthestM) ? this.#expectedM() : this.#furthestM,
    );
    this.alongM = offM <= FARTHEST_OFF_M ? alongM : Number.NaN;
    // A position clearly behind the furthest one means that the furthest one was taken too far ahead; a little behind
    // is the jitter of the position.
    const isBehind = alongM < this.#furthestM && alongM > this.#furthestM - JITTER_M;
    if (!isBehind) this.#furthestM = this.alongM;
  }

  /**
   * Where the timetable expects the vehicle: on a line that passes a street twice, the first position alone does not
   * show which of the two passes it is.
   */
  #expectedM(): number | undefined {
    if (this.run === undefined) return undefined;
    const atS = (this.atMs - this.run.startMs) / 1000 - (this.seen.delayS ?? 0);
    const { stops } = this.run.plan;
    return stops.findLast(({ departureS }) => departureS <= atS)?.alongM ?? stops[0]?.alongM;
  }

  #findDelay(seen: VehicleObservation, tripDelayS: number | undefined): void {
    const measuredS = this.#measuredDelay();
    const known: [number, VehicleState['delaySource']][] = [
      [seen.delayS ?? Number.NaN, 'feed'],
      [tripDelayS ?? Number.NaN, 'trip update'],
      [measuredS, 'position'],
    ];
    const [delayS, source] = known.find(([value]) => Number.isFinite(value)) ?? [Number.NaN, undefined];
    this.delayS = seen.outOfService === true ? Number.NaN : delayS;
    this.delaySource = Number.isNaN(this.delayS) ? undefined : source;
  }

  #measuredDelay(): number {
    if (this.run === undefined || Number.isNaN(this.alongM)) return Number.NaN;
    const { stops } = this.run.plan;
    const atS = (this.atMs - this.run.startMs) / 1000;
    const delayS = atS - scheduledAt(stops, this.alongM);
    const isWaiting = this.alongM <= (stops[0]?.alongM ?? 0) + TERMINAL_M;
    return isWaiting ? Math.max(0, delayS) : delayS;
  }
}
