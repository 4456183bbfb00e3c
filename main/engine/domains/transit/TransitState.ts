import type { Timetable } from '../../../../shared/county/county.ts';
import { FUTURE_TOLERANCE_MS } from '../../../../shared/base/clock.ts';
import type { StopDelay, VehicleObservation } from '../../../../shared/base/values.ts';
import { beaconVehicles } from '../../ingest/feeds/beaconVehicles.ts';
import { feedOfId, feedWithId } from '../../ingest/feeds/feedList.ts';
import { ChangedRows } from '../kit/ChangedRows.ts';
import { SourceTimes } from '../kit/SourceTimes.ts';
import { TripMatcher } from './TripMatcher.ts';
import type { Run } from './TripMatcher.ts';
import { GONE_MS, STALE_MS, STALE_WARN_MS, VehicleState } from './VehicleState.ts';

/** A prediction is used for this long. */
const UPDATE_FRESH_MS = 300_000;
const MOST_UPDATES = 20_000;
const MOST_VEHICLES = 20_000;

type TripDelay = { atMs: number; sequence: number; delayS: number };

const keyOf = ({ tripId, routeId, directionId, serviceDay, startTime }: VehicleObservation): string =>
  `${tripId ?? ''}|${routeId ?? ''}|${directionId ?? ''}|${serviceDay ?? ''}|${startTime ?? ''}`;

/** All vehicles that have reported, and the delays that trip updates give for their trips. */
export class TransitState {
  readonly vehicles = new Map<string, VehicleState>();
  readonly rows: VehicleState[] = [];
  readonly trips: TripMatcher | undefined;
  readonly changes = new ChangedRows(0);
  /** Names change more rarely than positions. */
  readonly rosterChanges = new ChangedRows(0);
  /** Vehicles are in no register, so a feed is a source from its first vehicle on. */
  readonly sources = new SourceTimes();
  readonly #updates = new Map<string, TripDelay>();

  constructor(timetable: Timetable | undefined) {
    this.trips = timetable === undefined ? undefined : new TripMatcher(timetable);
  }

  applyVehicle(seen: VehicleObservation, nowMs: number): void {
    const known = this.vehicles.get(seen.vehicleId);
    if (
      seen.atMs > nowMs + FUTURE_TOLERANCE_MS ||
      !Number.isFinite(seen.atMs) ||
      (known !== undefined && known.atMs > seen.atMs)
    )
      return;
    const vehicle = known ?? this.#add(seen);
    if (vehicle === undefined) return;
    this.sources.note(vehicle.source, seen.atMs, nowMs);
    const before = `${vehicle.seen.label ?? ''}|${vehicle.runKey}`;
    vehicle.take(seen, this.#runOf(vehicle, seen, nowMs), this.#updateOf(seen, nowMs));
    if (known === undefined || before !== `${seen.label ?? ''}|${vehicle.runKey}`)
      this.rosterChanges.touch(vehicle.row);
    vehicle.heardAtMs = nowMs;
    vehicle.isShown = Number.isFinite(vehicle.lon);
    this.changes.touch(vehicle.row);
  }

  /** The first stop in an update is the vehicle's next one, so its delay is the delay of the trip. */
  applyStopDelay(delay: StopDelay, nowMs: number): void {
    const delayS = delay.departureDelayS ?? delay.arrivalDelayS;
    if (
      delayS === undefined ||
      !Number.isFinite(delayS) ||
      delay.relationship === 'skipped' ||
      delay.atMs > nowMs + FUTURE_TOLERANCE_MS
    )
      return;
    const sequence = delay.stopSequence ?? Number.POSITIVE_INFINITY;
    const held = this.#updates.get(delay.tripId);
    if (held !== undefined && (held.atMs > delay.atMs || (held.atMs === delay.atMs && held.sequence <= sequence)))
      return;
    this.#updates.delete(delay.tripId);
    this.#updates.set(delay.tripId, { atMs: delay.atMs, sequence, delayS });
    const oldest = this.#updates.keys().next().value;
    if (this.#updates.size > MOST_UPDATES && oldest !== undefined) this.#updates.delete(oldest);
  }

  /**
   * Removes vehicles that have been silent for long from the map, and marks vehicles that become old as changed, so
   * that the screen shows it.
   */
  age(fromMs: number, nowMs: number): void {
    for (const vehicle of this.rows) {
      if (!vehicle.isShown) continue;
      if (nowMs - vehicle.heardAtMs > GONE_MS) {
        vehicle.isShown = false;
        this.changes.dropped();
      } else if (
        [STALE_WARN_MS, STALE_MS].some((limitMs) => nowMs - vehicle.atMs > limitMs && fromMs - vehicle.atMs <= limitMs)
      ) {
        this.changes.touch(vehicle.row);
      }
    }
  }

  routeName(routeId: string): string {
    return (
      this.trips?.routeName(routeId) ??
      this.rows.find((vehicle) => vehicle.routeId === routeId)?.seen.routeName ??
      routeId
    );
  }

  #runOf(vehicle: VehicleState, seen: VehicleObservation, nowMs: number): Run | undefined {
    const key = keyOf(seen);
    if (seen.outOfService === true || this.trips === undefined) {
      vehicle.runKey = key;
      return undefined;
    }
    if (key === vehicle.runKey) return vehicle.run;
    vehicle.runKey = key;
    return this.trips.find(seen, nowMs);
  }

  #updateOf({ tripId }: VehicleObservation, nowMs: number): number | undefined {
    const held = tripId === undefined ? undefined : this.#updates.get(tripId);
    return held === undefined || nowMs - held.atMs > UPDATE_FRESH_MS ? undefined : held.delayS;
  }

  /** Where the table is full, a vehicle that is long gone gives its row; undefined where there is none. */
  #add(seen: VehicleObservation): VehicleState | undefined {
    const isFull = this.rows.length >= MOST_VEHICLES;
    const row = isFull ? this.rows.findIndex(({ isShown }) => !isShown) : this.rows.length;
    const gone = this.rows[row];
    if (row === -1) return undefined;
    if (gone !== undefined) this.vehicles.delete(gone.id);
    const source = this.sources.add(feedWithId(feedOfId(seen.vehicleId) ?? beaconVehicles.id));
    const vehicle = new VehicleState(row, seen, source);
    this.rows[row] = vehicle;
    this.vehicles.set(vehicle.id, vehicle);
    return vehicle;
  }
}
