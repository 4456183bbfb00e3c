import type { StopForecast, TripReport } from '../../../../shared/base/values.ts';
import { isPlausibleDelay } from '../../../../shared/transit/adherence.ts';
import { endsMs } from './TripMatcher.ts';
import type { Run } from './TripMatcher.ts';

/** A forecast is used for this long; what does not run stays cancelled until its trip would be over. */
const FRESH_MS = 900_000;
const MOST_REPORTS = 20_000;
/** A stop that a vehicle was to leave this long ago is history. */
const PAST_MS = 30_000;

export type HeldReport = { report: TripReport; run: Run | undefined };

const descriptorOf = ({ agency, tripId, routeId, directionId, serviceDay, startTime }: TripReport): string =>
  [agency, tripId, routeId, directionId, serviceDay, startTime].join('|');

/** The latest report of each trip, found by its run and by the vehicle that it names. */
export class TripReports {
  readonly #held = new Map<string, HeldReport>();
  readonly #byVehicle = new Map<string, string>();
  readonly #copies = new Map<string, HeldReport>();

  take(report: TripReport, run: Run | undefined): void {
    const key = run?.key ?? descriptorOf(report);
    const held = this.#held.get(key);
    if (held !== undefined && held.report.atMs > report.atMs) return;
    this.#held.delete(key);
    if (report.copyId !== undefined) this.#copies.delete(report.copyId);
    if (report.isWithdrawn === true) return;
    this.#held.set(key, { report, run });
    if (report.copyId !== undefined) this.#copies.set(report.copyId, { report, run });
    if (report.vehicleId !== undefined) this.#byVehicle.set(report.vehicleId, key);
    for (const map of [this.#held, this.#byVehicle, this.#copies]) {
      const oldest = map.keys().next().value;
      if (map.size > MOST_REPORTS && oldest !== undefined) map.delete(oldest);
    }
  }

  /** What is said of a run, while it is fresh. */
  ofRun(run: Run | undefined, nowMs: number): HeldReport | undefined {
    return fresh(run === undefined ? undefined : this.#held.get(run.key), nowMs);
  }

  /** The trip that the operator gives a vehicle, while that is fresh. */
  ofVehicle(vehicleId: string, nowMs: number): HeldReport | undefined {
    return fresh(this.#held.get(this.#byVehicle.get(vehicleId) ?? ''), nowMs);
  }

  /** The trip whose copy has this id. */
  ofCopy(tripId: string): HeldReport | undefined {
    return this.#copies.get(tripId);
  }

  /** The keys of the runs of which operators say something now: that they do not take place, or what to expect. */
  runsSaid(nowMs: number): Set<string> {
    const said = new Set<string>();
    for (const held of this.#held.values()) {
      const isSaid = held.report.tripKind === 'canceled' || (fresh(held, nowMs) && hasForecast(held.report));
      if (held.run !== undefined && isSaid) said.add(held.run.key);
    }
    return said;
  }

  /** Runs that do not take place, and extra ones, that are or would be over only after `nowMs`. */
  *changes(nowMs: number): Generator<HeldReport> {
    for (const held of this.#held.values()) {
      if (held.report.tripKind === 'scheduled') continue;
      const overMs = held.run === undefined ? held.report.atMs + FRESH_MS : endsMs(held.run);
      if (overMs >= nowMs) yield held;
    }
  }
}

/** Whether a report says more than that the trip exists. */
const hasForecast = ({ delayS, stops }: TripReport): boolean =>
  delayS !== undefined || stops.some(({ kind }) => kind === 'expected');

function fresh(held: HeldReport | undefined, nowMs: number): HeldReport | undefined {
  return held !== undefined && nowMs - held.report.atMs <= FRESH_MS ? held : undefined;
}

/** Where a vehicle is on its trip, as far as anybody knows. */
export type Progress = { stopSequence?: number; stopId?: string; alongM: number };

/** A stop of a report with its number in the timetable and the delay that it gives. */
type Judged = StopForecast & { sequence: number; delay: number; leavesMs: number };

function judge(stop: StopForecast, run: Run | undefined, index: number): Judged {
  const planned = run?.plan.trip.stopTimes.find(({ sequence, stopId }) =>
    stop.stopSequence === undefined ? stopId === stop.stopId : sequence === stop.stopSequence,
  );
  const plannedMs = (seconds: number | undefined): number =>
    (run?.startMs ?? Number.NaN) + (seconds ?? Number.NaN) * 1000;
  const arrivalMs = plannedMs(planned?.arrivalS);
  const departureMs = plannedMs(planned?.departureS);
  // A time takes precedence over a delay (gtfs-realtime.proto, StopTimeEvent), but only where there is a timetable to
  // compare it with, and where the time is one of this trip on this day.
  const delays = [
    ((stop.departureMs ?? Number.NaN) - departureMs) / 1000,
    stop.departureDelayS,
    ((stop.arrivalMs ?? Number.NaN) - arrivalMs) / 1000,
    stop.arrivalDelayS,
  ];
  const delay = delays.find((each) => each !== undefined && isPlausibleDelay(each)) ?? Number.NaN;
  const expectedMs = departureMs + delay * 1000;
  const leavesMs = Number.isFinite(expectedMs) ? expectedMs : (stop.departureMs ?? stop.arrivalMs ?? Number.NaN);
  return { ...stop, sequence: stop.stopSequence ?? planned?.sequence ?? index, delay, leavesMs };
}

/** The number of the stop that the vehicle is at or comes to next. */
function nextSequence(run: Run | undefined, { stopSequence, stopId, alongM }: Progress): number | undefined {
  if (stopSequence !== undefined) return stopSequence;
  const byId = run?.plan.trip.stopTimes.filter((stop) => stop.stopId === stopId) ?? [];
  if (byId.length === 1) return byId[0]?.sequence;
  return Number.isNaN(alongM) ? undefined : run?.plan.stops.find((stop) => stop.alongM > alongM)?.sequence;
}

/**
 * The delay in seconds that a report gives a vehicle now: that of its next stop, which a report carries on from the
 * stop before where it leaves a stop out; where the next stop is not known, that of the first stop that is not yet
 * history. NaN where the report says nothing.
 */
export function forecastDelay({ report, run }: HeldReport, progress: Progress, nowMs: number): number {
  const stops = report.stops.map((stop, index) => judge(stop, run, index)).sort((a, b) => a.sequence - b.sequence);
  const expected = stops.filter(({ kind, delay }) => kind === 'expected' && Number.isFinite(delay));
  const next = nextSequence(run, progress);
  const found =
    next === undefined
      ? (expected.find(({ leavesMs }) => leavesMs >= nowMs - PAST_MS) ?? expected.at(-1))
      : (expected.find(({ sequence }) => sequence >= next) ?? expected.at(-1));
  const isSilent = stops.some(({ kind, sequence }) => kind === 'noData' && sequence === next);
  if (found !== undefined && !isSilent) return found.delay;
  return report.delayS ?? Number.NaN;
}

/** The stops that the operator's report says are left out. */
export const skippedStops = ({ report, run }: HeldReport): string[] =>
  report.stops.flatMap((stop) => {
    if (stop.kind !== 'skipped') return [];
    const planned = run?.plan.trip.stopTimes.find(({ sequence }) => sequence === stop.stopSequence);
    return stop.stopId ?? planned?.stopId ?? [];
  });
