import type { Stop, Timetable } from '../../../../shared/county/county.ts';
import { FUTURE_TOLERANCE_MS } from '../../../../shared/base/clock.ts';
import type { Notice, TripReport, VehicleObservation } from '../../../../shared/base/values.ts';
import { ChangedRows } from '../kit/ChangedRows.ts';
import { SourceTimes } from '../kit/SourceTimes.ts';
import { beaconVehicles } from '../../ingest/feeds/beaconVehicles.ts';
import { feedOfId, feedWithId } from '../../ingest/feeds/feedList.ts';
import type { MeasuredRun } from '../../store/ledger/ledger.ts';
import { ReportCadence } from './ReportCadence.ts';
import { RunningTimes } from './RunningTimes.ts';
import { endsMs, TripMatcher } from './TripMatcher.ts';
import type { Run, Wanted } from './TripMatcher.ts';
import { forecastDelay, TripReports } from './TripReports.ts';
import type { HeldReport } from './TripReports.ts';
import { hoursOfWeek, learnRun, TripProgress } from './TripProgress.ts';
import type { PeriodOf, StopPrediction } from './TripProgress.ts';
import { GONE_MS, VehicleState } from './VehicleState.ts';

const MOST_VEHICLES = 20_000;
/** Operators name their fleets in the topic, so anybody can invent more. */
const MOST_FLEETS = 1000;
const MOST_NOTICES = 1000;
const MOST_ROUTES = 10_000;
/** While nothing can be written, at most this many measured runs are kept. */
const MOST_MEASURED = 5000;
/** From the arrival at its last stop a vehicle takes at least so long until it leaves again. */
const TURN_ROUND_MS = 60_000;
/** Runs that were served are forgotten after their end, when there are so many. */
const MOST_SERVED = 20_000;
/** Which run a vehicle is on is judged again after this long: a driver may sign on an hour before the trip. */
const REMATCH_MS = 60_000;

/** The fleet of a vehicle: its feed, and its agency where the feed has several. */
export const fleetOf = ({ vehicleId, agency }: Pick<VehicleObservation, 'vehicleId' | 'agency'>): string =>
  [feedOfId(vehicleId) ?? beaconVehicles.id, agency].filter((part) => part !== undefined).join(' ');

const keyOf = ({ tripId, routeId, directionId, serviceDay, startTime, tripKind }: VehicleObservation): string =>
  `${tripKind ?? ''}|${tripId ?? ''}|${routeId ?? ''}|${directionId ?? ''}|${serviceDay ?? ''}|${startTime ?? ''}`;

/** All vehicles that have reported, and what operators say of trips and lines. */
export class TransitState {
  readonly vehicles = new Map<string, VehicleState>();
  readonly rows: VehicleState[] = [];
  trips: TripMatcher | undefined;
  readonly reports = new TripReports();
  readonly #times = new RunningTimes();
  readonly #progress = new Map<string, TripProgress>();
  #periodOf: PeriodOf = () => 0;
  readonly cadences = new Map<string, ReportCadence>();
  /** Service alerts by id. */
  readonly notices = new Map<string, Notice>();
  readonly changes = new ChangedRows(0);
  /** Names change more rarely than positions. */
  readonly rosterChanges = new ChangedRows(0);
  /** Vehicles are in no register, so a feed is a source from its first vehicle on. */
  readonly sources = new SourceTimes();
  /** The runs that a vehicle was on, with when they end by the timetable. */
  readonly served = new Map<string, number>();
  /** When the first vehicle was heard; NaN before. */
  heardSinceMs = Number.NaN;
  /** What vehicles call their routes, by route id. */
  readonly #routeNames = new Map<string, string>();
  #measured: MeasuredRun[] = [];
  /** The runs and vehicles of reports that came since the last call of `settleReports`. */
  readonly #news = new Set<string>();

  constructor(timetable: Timetable | undefined) {
    this.adopt(timetable);
  }

  /** Follows another timetable from now on; each vehicle is placed on its trip again with its next position. */
  adopt(timetable: Timetable | undefined): void {
    this.trips = timetable === undefined ? undefined : new TripMatcher(timetable);
    if (timetable !== undefined) this.#periodOf = hoursOfWeek(timetable.timeZone);
    for (const vehicle of this.rows) {
      this.#forget(vehicle);
      vehicle.run = undefined;
      vehicle.matchedAtMs = Number.NEGATIVE_INFINITY;
      this.rosterChanges.touch(vehicle.row);
    }
  }

  applyVehicle(seen: VehicleObservation, nowMs: number): void {
    const known = this.vehicles.get(seen.vehicleId);
    if (
      seen.atMs > nowMs + FUTURE_TOLERANCE_MS ||
      !Number.isFinite(seen.atMs) ||
      (known !== undefined && known.atMs > seen.atMs)
    )
      return;
    if (seen.isWithdrawn === true) {
      if (known !== undefined) this.#withdraw(known, seen);
      return;
    }
    const vehicle = known ?? this.#add(seen);
    if (vehicle === undefined) return;
    if (known !== undefined) known.noteInterval(seen.atMs - known.atMs);
    this.sources.note(vehicle.source, seen.atMs, nowMs);
    const paired = this.#paired(seen, nowMs);
    const before = `${vehicle.seen.label ?? ''}|${vehicle.runKey}|${vehicle.run?.key ?? ''}`;
    const run = this.#runOf(vehicle, paired, nowMs);
    vehicle.take(paired, run, this.#stopOf(paired, run));
    this.#noteRouteName(vehicle);
    this.#noteServed(vehicle, nowMs);
    this.#decideDelay(vehicle, nowMs);
    if (known === undefined || before !== `${seen.label ?? ''}|${vehicle.runKey}|${vehicle.run?.key ?? ''}`)
      this.rosterChanges.touch(vehicle.row);
    vehicle.heardAtMs = nowMs;
    vehicle.isShown = Number.isFinite(vehicle.lon);
    this.changes.touch(vehicle.row);
  }

  applyTripReport(report: TripReport, nowMs: number): void {
    if (report.atMs > nowMs + FUTURE_TOLERANCE_MS) return;
    const run = this.trips?.find(report, nowMs);
    this.reports.take(report, run);
    if (run !== undefined) this.#news.add(run.key);
    if (report.vehicleId !== undefined) this.#news.add(report.vehicleId);
  }

  /**
   * Gives vehicles the delays of the reports that have come since the last call. Once per second and not per report: a
   * whole data set has a report of each trip.
   */
  settleReports(nowMs: number): void {
    if (this.#news.size === 0) return;
    for (const vehicle of this.rows) {
      const isConcerned = this.#news.has(vehicle.id) || (vehicle.run !== undefined && this.#news.has(vehicle.run.key));
      if (!isConcerned || vehicle.seen.isWithdrawn === true) continue;
      this.#decideDelay(vehicle, nowMs);
      this.changes.touch(vehicle.row);
    }
    this.#news.clear();
  }

  /** When a vehicle will probably be at the stops ahead of it; none where its place or its delay is not known. */
  predict(vehicle: VehicleState, nowMs: number): StopPrediction[] {
    const progress = this.#progress.get(vehicle.id);
    if (progress === undefined || progress.run !== vehicle.run || vehicle.hasArrived) return [];
    return progress.predict({ alongM: vehicle.alongM, atMs: nowMs }, vehicle.delayS);
  }

  /**
   * The run that a vehicle serves after its present one, as it will probably be. `own` is what is predicted of the
   * present one, whose delay goes on where the layover is too short for it.
   */
  predictNext(
    { run, hasArrived }: VehicleState,
    own: readonly StopPrediction[],
    nowMs: number,
  ): { run: Run; stops: StopPrediction[] } | undefined {
    const arrivesMs = hasArrived ? nowMs : own.at(-1)?.arrivalMs;
    const next = run === undefined ? undefined : this.trips?.nextOfBlock(run);
    if (arrivesMs === undefined || next === undefined) return undefined;
    const progress = new TripProgress(next, this.#times, this.#periodOf);
    return { run: next, stops: progress.predict({ alongM: -1, atMs: arrivesMs + TURN_ROUND_MS }, 0) };
  }

  /** Returns the runs that were measured since the last call, and forgets them. */
  takeMeasured(): MeasuredRun[] {
    const runs = this.#measured;
    this.#measured = [];
    return runs;
  }

  /** Takes back runs that could not be written. */
  putBackMeasured(runs: readonly MeasuredRun[]): void {
    this.#measured = [...runs, ...this.#measured].slice(-MOST_MEASURED);
  }

  /** Learns from a run of the past; a trip that the timetable no longer has teaches nothing. */
  learnRun({ tripId, day, startMs, calls }: MeasuredRun): void {
    const run = this.trips?.runOf(tripId, day, startMs);
    if (run !== undefined) learnRun(run, calls, this.#times, this.#periodOf);
  }

  applyNotice(notice: Notice): void {
    if (notice.routeIds === undefined && notice.stopIds === undefined) return;
    this.notices.delete(notice.noticeId);
    this.notices.set(notice.noticeId, notice);
    const oldest = this.notices.keys().next().value;
    if (this.notices.size > MOST_NOTICES && oldest !== undefined) this.notices.delete(oldest);
  }

  /** Service alerts about a route that are in force now. */
  noticesOf(routeId: string, nowMs: number): Notice[] {
    return [...this.notices.values()].filter(
      ({ routeIds, startsMs, endsMs }) =>
        routeIds?.includes(routeId) === true &&
        (startsMs ?? Number.NEGATIVE_INFINITY) <= nowMs &&
        (endsMs ?? Number.POSITIVE_INFINITY) > nowMs,
    );
  }

  /** What the operator says of the trip that a vehicle is on. */
  reportOf(vehicle: VehicleState, nowMs: number): HeldReport | undefined {
    return this.reports.ofRun(vehicle.run, nowMs) ?? this.reports.ofVehicle(vehicle.id, nowMs);
  }

  /**
   * Removes vehicles that have been silent for long from the map, and marks vehicles that become old as changed, so
   * that the screen shows it.
   */
  age(fromMs: number, nowMs: number): void {
    for (const vehicle of this.rows) {
      if (!vehicle.isShown) continue;
      const { warnMs, staleMs } = vehicle;
      if (nowMs - vehicle.heardAtMs > GONE_MS) {
        vehicle.isShown = false;
        this.changes.dropped();
      } else if (
        [warnMs, staleMs].some((limitMs) => nowMs - vehicle.atMs > limitMs && fromMs - vehicle.atMs <= limitMs)
      ) {
        this.changes.touch(vehicle.row);
      }
    }
  }

  routeName(routeId: string): string {
    return this.trips?.routeName(routeId) ?? this.#routeNames.get(routeId) ?? routeId;
  }

  /** A vehicle that names no trip is on the one that its operator's trip update gives it. */
  #paired(seen: VehicleObservation, nowMs: number): VehicleObservation {
    const copied = seen.tripId === undefined ? undefined : this.reports.ofCopy(seen.tripId);
    const held =
      seen.tripId === undefined && seen.routeId === undefined ? this.reports.ofVehicle(seen.vehicleId, nowMs) : copied;
    if (held === undefined) return seen;
    const { outOfService: _, ...own } = seen;
    const { tripId, routeId, directionId, serviceDay, startTime, tripKind } = held.report;
    return {
      ...own,
      tripKind,
      ...(tripId !== undefined && { tripId }),
      ...(routeId !== undefined && { routeId }),
      ...(directionId !== undefined && { directionId }),
      ...(serviceDay !== undefined && { serviceDay }),
      ...(startTime !== undefined && { startTime }),
    };
  }

  /** The stop that a vehicle names, which is its place where it gives no other. */
  #stopOf({ lon, stopId, stopSequence }: VehicleObservation, run: Run | undefined): Stop | undefined {
    if (lon !== undefined) return undefined;
    const named = stopId ?? run?.plan.trip.stopTimes.find(({ sequence }) => sequence === stopSequence)?.stopId;
    return named === undefined ? undefined : this.trips?.stop(named);
  }

  #noteRouteName({ routeId, seen: { routeName } }: VehicleState): void {
    if (routeId === undefined || routeName === undefined) return;
    if (this.#routeNames.has(routeId) || this.#routeNames.size < MOST_ROUTES) this.#routeNames.set(routeId, routeName);
  }

  #noteServed(vehicle: VehicleState, nowMs: number): void {
    const { run } = vehicle;
    if (Number.isNaN(this.heardSinceMs)) this.heardSinceMs = nowMs;
    if (run === undefined) {
      this.#forget(vehicle);
      return;
    }
    this.#follow(vehicle, run);
    if (!this.served.has(run.key) && this.served.size >= MOST_SERVED)
      for (const [key, endMs] of this.served) if (endMs < nowMs) this.served.delete(key);
    this.served.set(run.key, endsMs(run));
  }

  /** Keeps what was measured of a run that is over or was left. */
  #keepMeasured(progress: TripProgress | undefined): void {
    const run = progress?.takeMeasured();
    if (run === undefined) return;
    this.#measured.push(run);
    if (this.#measured.length > MOST_MEASURED) this.#measured.shift();
  }

  #forget(vehicle: VehicleState): void {
    this.#keepMeasured(this.#progress.get(vehicle.id));
    this.#progress.delete(vehicle.id);
  }

  #follow(vehicle: VehicleState, run: Run): void {
    const known = this.#progress.get(vehicle.id);
    const progress = known?.run === run ? known : new TripProgress(run, this.#times, this.#periodOf);
    this.#progress.set(vehicle.id, progress);
    if (known !== progress) this.#keepMeasured(known);
    progress.note(vehicle);
    if (progress.isOver) this.#keepMeasured(progress);
  }

  #decideDelay(vehicle: VehicleState, nowMs: number): void {
    const held = this.reportOf(vehicle, nowMs);
    const { stopSequence, stopId } = vehicle.seen;
    const progress = {
      alongM: vehicle.alongM,
      ...(stopSequence !== undefined && { stopSequence }),
      ...(stopId !== undefined && { stopId }),
    };
    vehicle.decideDelay(held === undefined ? Number.NaN : forecastDelay(held, progress, nowMs));
  }

  #runOf(vehicle: VehicleState, seen: VehicleObservation, nowMs: number): Run | undefined {
    const key = keyOf(seen);
    if (seen.outOfService === true || this.trips === undefined) {
      vehicle.runKey = key;
      vehicle.matchedAtMs = Number.NEGATIVE_INFINITY;
      return undefined;
    }
    if (key === vehicle.runKey && seen.atMs - vehicle.matchedAtMs < REMATCH_MS) return vehicle.run;
    vehicle.runKey = key;
    vehicle.matchedAtMs = seen.atMs;
    const wanted: Wanted = seen;
    const found = this.trips.find(wanted, seen.atMs > nowMs ? nowMs : seen.atMs);
    // Of equally likely runs the vehicle stays on the one that it is on.
    return found?.key === vehicle.run?.key ? vehicle.run : found;
  }

  #withdraw(vehicle: VehicleState, seen: VehicleObservation): void {
    vehicle.take({ ...seen, outOfService: true }, undefined);
    this.#forget(vehicle);
    vehicle.matchedAtMs = Number.NEGATIVE_INFINITY;
    vehicle.decideDelay(Number.NaN);
    vehicle.isShown = false;
    this.changes.dropped();
  }

  /** Where the table is full, a vehicle that is long gone gives its row; undefined where there is none. */
  #add(seen: VehicleObservation): VehicleState | undefined {
    const isFull = this.rows.length >= MOST_VEHICLES;
    const row = isFull ? this.rows.findIndex(({ isShown }) => !isShown) : this.rows.length;
    const gone = this.rows[row];
    if (row === -1) return undefined;
    if (gone !== undefined) {
      this.vehicles.delete(gone.id);
      this.#forget(gone);
    }
    const fleet = fleetOf(seen);
    const cadence = this.cadences.get(fleet) ?? new ReportCadence();
    if (this.cadences.size < MOST_FLEETS) this.cadences.set(fleet, cadence);
    const source = this.sources.add(feedWithId(feedOfId(seen.vehicleId) ?? beaconVehicles.id));
    const vehicle = new VehicleState(row, seen, source, cadence);
    this.rows[row] = vehicle;
    this.vehicles.set(vehicle.id, vehicle);
    return vehicle;
  }
}
