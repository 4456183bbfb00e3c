import { MOST_LABEL } from '../../../../shared/public/transitNow.ts';
import type { PublicCall, PublicRun, TransitNow } from '../../../../shared/public/transitNow.ts';
import { gtfsTime } from '../../registry/serviceTime.ts';
import type { StopPrediction } from './TripProgress.ts';
import type { TransitState } from './TransitState.ts';
import { departsMs } from './TripMatcher.ts';
import type { Run } from './TripMatcher.ts';
import { skippedStops } from './TripReports.ts';
import type { VehicleState } from './VehicleState.ts';

type PublicTrip = TransitNow['trips'][number];
type PublicVehicle = TransitNow['vehicles'][number];

/** What the public contract takes. */
const MOST_VEHICLES = 5000;
const MOST_TRIPS = 10_000;
/** A trip that leaves later than this is not forecast from the one before it. */
const AHEAD_MS = 5_400_000;

function publicRun({ plan: { trip }, day, startS, headwayS }: Run): PublicRun {
  const { id, routeId, directionId } = trip;
  return {
    tripId: id,
    routeId,
    directionId,
    startDate: day,
    ...(startS !== undefined && { startTime: gtfsTime(startS) }),
    isByHeadway: headwayS !== undefined,
  };
}

/** Whole seconds that grow from stop to stop, as readers of the feed require; none of them is past. */
function callsOf(predictions: readonly StopPrediction[], skipped: ReadonlySet<string>, nowMs: number): PublicCall[] {
  let earliestS = Math.ceil(nowMs / 1000);
  return predictions.flatMap(({ stopId, sequence, arrivalMs, departureMs }): PublicCall[] => {
    if (sequence === undefined) return [];
    if (skipped.has(stopId)) return [{ stopId, sequence }];
    const arrivalS = Math.max(earliestS, Math.round(arrivalMs / 1000));
    const departureS = Math.max(arrivalS, Math.round(departureMs / 1000));
    earliestS = departureS + 1;
    return [{ stopId, sequence, arrivalMs: arrivalS * 1000, departureMs: departureS * 1000 }];
  });
}

/** Only a run of the timetable has an id that readers of the feed know; a copy of one is another trip. */
const isOfTimetable = ({ run, seen }: VehicleState): boolean => run !== undefined && seen.tripKind !== 'duplicated';

const isWithin = (value: number | undefined, most: number): value is number =>
  value !== undefined && value >= 0 && value <= most;

const labelOf = ({ label }: VehicleState['seen']): { label?: string } =>
  label === undefined ? {} : { label: label.slice(0, MOST_LABEL) };

function publicVehicle(vehicle: VehicleState): PublicVehicle[] {
  const { id, seen, lon, lat, run, alongM } = vehicle;
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return [];
  const isKnown = isOfTimetable(vehicle);
  const next = isKnown ? run?.plan.stops.find((stop) => stop.alongM > alongM) : undefined;
  return [
    {
      vehicleId: id,
      ...labelOf(seen),
      ...(isKnown && run !== undefined && { run: publicRun(run) }),
      lon,
      lat,
      // The contract takes the whole answer or nothing of it, so what it does not allow stays here.
      ...(isWithin(seen.headingDeg, 360) && { headingDeg: seen.headingDeg }),
      ...(isWithin(seen.speedMps, Number.MAX_VALUE) && { speedMps: seen.speedMps }),
      ...(next?.sequence !== undefined && { next: { stopId: next.stopId, sequence: next.sequence } }),
      atMs: seen.atMs,
    },
  ];
}

/** What is expected of the run that a vehicle is on, and of the one that it serves after it. */
function forecasts(state: TransitState, vehicle: VehicleState, nowMs: number): [string, PublicTrip][] {
  const { run, id, seen } = vehicle;
  if (run === undefined || !isOfTimetable(vehicle)) return [];
  const report = state.reportOf(vehicle, nowMs);
  const own = state.predict(vehicle, nowMs);
  const next = state.predictNext(vehicle, own, nowMs);
  const about = { isCancelled: false, atMs: Math.min(seen.atMs, nowMs) };
  const skipped = new Set(report === undefined ? [] : skippedStops(report));
  const present: PublicTrip = {
    ...about,
    run: publicRun(run),
    vehicleId: id,
    ...labelOf(seen),
    calls: callsOf(own, skipped, nowMs),
  };
  const later = next !== undefined && departsMs(next.run) <= nowMs + AHEAD_MS ? next : undefined;
  return [
    ...(present.calls.length === 0 ? [] : [[run.key, present] satisfies [string, PublicTrip]]),
    ...(later === undefined
      ? []
      : [
          [
            later.run.key,
            { ...about, run: publicRun(later.run), calls: callsOf(later.stops, new Set(), nowMs) },
          ] satisfies [string, PublicTrip],
        ]),
  ];
}

const cancelledTrips = (state: TransitState, nowMs: number): [string, PublicTrip][] =>
  [...state.reports.changes(nowMs)].flatMap(({ report: { tripKind, atMs }, run }): [string, PublicTrip][] =>
    tripKind !== 'canceled' || run === undefined
      ? []
      : [[run.key, { run: publicRun(run), isCancelled: true, atMs: Math.min(atMs, nowMs), calls: [] }]],
  );

/** The vehicles on the road and what is expected of their runs, for passengers; old positions are left out. */
export function transitNow(state: TransitState, nowMs: number): TransitNow {
  const current = state.rows
    .filter((vehicle) => vehicle.isShown && vehicle.isInService && nowMs - vehicle.atMs <= vehicle.judgedMs)
    .slice(0, MOST_VEHICLES);
  const found = current.flatMap((vehicle) => forecasts(state, vehicle, nowMs));
  // What is said last of a run counts: a vehicle that is on it more than one that will be, a cancellation most.
  const trips = new Map([
    ...found.filter(([, { vehicleId }]) => vehicleId === undefined),
    ...found.filter(([, { vehicleId }]) => vehicleId !== undefined),
    ...cancelledTrips(state, nowMs),
  ]);
  return { atMs: nowMs, trips: [...trips.values()].slice(0, MOST_TRIPS), vehicles: current.flatMap(publicVehicle) };
}
