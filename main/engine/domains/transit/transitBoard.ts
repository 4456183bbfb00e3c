import { describeDuration } from '../../../../shared/base/display.ts';
import { isOnTime, ON_TIME_S } from '../../../../shared/transit/adherence.ts';
import type { RouteService, TransitBoard, TroubledTrip } from '../../../../shared/transit/transitBoard.ts';
import type { Headway } from './findHeadways.ts';
import { isMismatch } from './missedTrips.ts';
import type { Coverage } from './missedTrips.ts';
import { isEarly, pullOutDelayS } from './serviceConditions.ts';
import { fleetOf } from './TransitState.ts';
import type { TransitState } from './TransitState.ts';
import { minutes, nameOf } from './transitConditions.ts';
import { departsMs, endsMs } from './TripMatcher.ts';
import type { DueRun } from './TripMatcher.ts';
import { skippedStops } from './TripReports.ts';
import type { HeldReport } from './TripReports.ts';
import type { VehicleState } from './VehicleState.ts';

/** What the board is made of. */
export type BoardSources = {
  state: TransitState;
  headways: readonly Headway[];
  found: Coverage;
  /** Fleets whose clocks are wrong: nothing is said of whether their vehicles are late or early. */
  shifted: ReadonlyMap<string, number>;
  clock: (atMs: number) => string;
  nowMs: number;
};

/** The sources, and whether a run does not come: it is missed or cancelled. */
type Known = BoardSources & { isOut: (runKey: string) => boolean };

/** What a passenger of a missed trip waits where no later one is known, seconds. */
const LONG_WAIT_S = 3600;
const DEPARTED_S = 60;
const MOST_TRIPS = 500;

type About = Pick<TroubledTrip, 'id' | 'routeId' | 'routeName' | 'headsign' | 'departsMs'>;

function aboutRun(state: TransitState, { trip, key, departsMs: leavesMs }: Omit<DueRun, 'startMs' | 'endsMs'>): About {
  const { routeId, headsign } = trip;
  return {
    id: key,
    routeId,
    routeName: state.routeName(routeId),
    ...(headsign !== undefined && { headsign }),
    departsMs: leavesMs,
  };
}

const aboutVehicle = (
  state: TransitState,
  vehicle: VehicleState,
): About & Pick<TroubledTrip, 'vehicleId' | 'vehicleLabel'> => ({
  id: vehicle.id,
  routeId: vehicle.routeId ?? '',
  routeName: vehicle.routeId === undefined ? 'no route' : state.routeName(vehicle.routeId),
  ...(vehicle.run !== undefined &&
    aboutRun(state, { trip: vehicle.run.plan.trip, key: vehicle.id, departsMs: departsMs(vehicle.run) })),
  vehicleId: vehicle.id,
  vehicleLabel: nameOf(vehicle),
});

/** What the passengers of a trip that does not come wait for: the next one of the route's direction. */
function waitOf({ state, isOut, clock, nowMs }: Known, run: DueRun): { waitS: number; follows: string } {
  const next = state.trips?.nextOf(run, nowMs, isOut);
  if (next === undefined) return { waitS: LONG_WAIT_S, follows: 'no later trip within the hour' };
  const waitS = (next.departsMs - run.departsMs) / 1000;
  return { waitS, follows: `passengers wait for the ${clock(next.departsMs)}, ${minutes(waitS)} later` };
}

/** What a delay does to the next trip of the vehicle. */
function nextTripOf({ state, clock }: BoardSources, { run, delayS }: VehicleState): string {
  if (run === undefined) return 'its next trip is not known';
  const next = state.trips?.nextOfBlock(run);
  if (next === undefined) return 'the vehicle has no later trip';
  const { headsign } = next.plan.trip;
  const breakS = (departsMs(next) - endsMs(run)) / 1000;
  const name = `its next trip, ${clock(departsMs(next))}${headsign === undefined ? '' : ` to ${headsign}`},`;
  return delayS <= breakS
    ? `${name} can leave in time: ${minutes(breakS - delayS)} remain`
    : `${name} leaves ${minutes(delayS - breakS)} late`;
}

/** Where trips and vehicles do not find each other, nobody knows which trips are missed. */
const believedMissed = (found: Coverage): Coverage['missed'] => (isMismatch(found) ? [] : found.missed);

/** The runs that do not come, so that nobody is advised to wait for one of them. */
function outOf({ state, found, nowMs }: BoardSources): Set<string> {
  const cancelled = [...state.reports.changes(nowMs)].flatMap(({ report, run }) =>
    report.tripKind === 'canceled' && run !== undefined ? [run.key] : [],
  );
  return new Set([...believedMissed(found).map(({ run }) => run.key), ...cancelled]);
}

function missedTrips(sources: Known): TroubledTrip[] {
  const { state, found } = sources;
  return believedMissed(found).map(({ run, kind }) => ({
    ...aboutRun(state, run),
    trouble: 'missed',
    what: kind === 'pullOut' ? 'No vehicle has pulled out.' : 'No vehicle is on it.',
    ...waitOf(sources, run),
  }));
}

function cancelledTrip(sources: Known, { report, run }: HeldReport): TroubledTrip[] {
  const { state, nowMs } = sources;
  if (report.tripKind !== 'canceled' || run === undefined) return [];
  const leavesMs = departsMs(run);
  const due = { trip: run.plan.trip, key: run.key, startMs: run.startMs, departsMs: leavesMs, endsMs: leavesMs };
  if (leavesMs > nowMs + LONG_WAIT_S * 1000) return [];
  return [
    { ...aboutRun(state, due), trouble: 'cancelled', what: 'Cancelled by its operator.', ...waitOf(sources, due) },
  ];
}

function vehicleTroubles(sources: BoardSources, vehicle: VehicleState): TroubledTrip[] {
  const { state, shifted, nowMs } = sources;
  if (!vehicle.isJudged(nowMs)) return [];
  const about = aboutVehicle(state, vehicle);
  const trouble = (kind: TroubledTrip['trouble'], waitS: number, what: string, follows: string): TroubledTrip => ({
    ...about,
    id: `${about.id} ${kind}`,
    trouble: kind,
    waitS,
    what,
    follows,
  });
  const isTimed = !shifted.has(fleetOf(vehicle.seen));
  const pullOutS = isTimed ? pullOutDelayS(vehicle, nowMs) : Number.NaN;
  const report = state.reportOf(vehicle, nowMs);
  const skipped = report === undefined ? [] : skippedStops(report).map((id) => state.trips?.stop(id)?.name ?? id);
  const isLate = isTimed && vehicle.run?.headwayS === undefined && vehicle.delayS > ON_TIME_S.to && !(pullOutS > 0);
  return [
    ...(pullOutS >= DEPARTED_S
      ? [
          trouble(
            'latePullOut',
            pullOutS,
            `Still at its first stop ${describeDuration(pullOutS)} after its departure.`,
            nextTripOf(sources, vehicle),
          ),
        ]
      : []),
    ...(isLate
      ? [trouble('late', vehicle.delayS, `${describeDuration(vehicle.delayS)} late.`, nextTripOf(sources, vehicle))]
      : []),
    ...(isTimed && isEarly(vehicle, nowMs)
      ? [trouble('early', -vehicle.delayS, `${describeDuration(-vehicle.delayS)} early.`, 'passengers on time miss it')]
      : []),
    ...(vehicle.isOffRoute
      ? [trouble('offRoute', 0, `${Math.round(vehicle.offM)} m off its line.`, 'stops on its line are not served')]
      : []),
    ...(skipped.length === 0
      ? []
      : [trouble('skips', 0, `Skips ${skipped.join(', ')}.`, 'passengers there wait for the next trip')]),
  ];
}

function headwayTrouble({ state }: BoardSources, headway: Headway): TroubledTrip[] {
  const { leader, follower, actualS, scheduledS, stopId } = headway;
  if (!headway.isBunched && !headway.isGapped) return [];
  const kind = headway.isBunched ? 'bunched' : 'gap';
  const stop = state.trips?.stop(stopId)?.name ?? stopId;
  return [
    {
      ...aboutVehicle(state, follower),
      id: `${follower.id} ${kind}`,
      trouble: kind,
      waitS: Math.abs(actualS - scheduledS),
      what: `${minutes(actualS)} behind ${nameOf(leader)} at ${stop}, scheduled ${minutes(scheduledS)}.`,
      follows:
        kind === 'bunched'
          ? `a gap of about ${minutes(2 * scheduledS - actualS)} opens behind the pair`
          : `passengers wait up to ${minutes(actualS)}; the vehicle fills up`,
    },
  ];
}

function routeServices(
  { state, headways, shifted, nowMs }: BoardSources,
  trips: readonly TroubledTrip[],
): RouteService[] {
  const due = Map.groupBy(state.trips?.dueNow(nowMs) ?? [], ({ trip }) => trip.routeId);
  const vehicles = Map.groupBy(
    state.rows.filter((vehicle) => vehicle.isOnTrip(nowMs) && vehicle.isJudged(nowMs)),
    ({ routeId = '' }) => routeId,
  );
  const troubles = Map.groupBy(trips, ({ routeId }) => routeId);
  const ids = [...new Set([...due.keys(), ...vehicles.keys(), ...troubles.keys()])];
  return ids
    .filter((id) => id !== '')
    .map((routeId): RouteService => {
      const here = vehicles.get(routeId) ?? [];
      const judged = here.filter(
        ({ delayS, run, seen }) =>
          run?.headwayS === undefined && Number.isFinite(delayS) && !shifted.has(fleetOf(seen)),
      );
      const known = headways.filter((each) => each.routeId === routeId && Number.isFinite(each.actualS));
      const longest = known.toSorted((a, b) => b.actualS / b.scheduledS - a.actualS / a.scheduledS)[0];
      return {
        routeId,
        routeName: state.routeName(routeId),
        vehicles: here.length,
        scheduled: due.get(routeId)?.length ?? 0,
        judged: judged.length,
        onTime: judged.filter(({ delayS }) => isOnTime(delayS)).length,
        ...(longest !== undefined && { longestHeadwayS: longest.actualS, scheduledHeadwayS: longest.scheduledS }),
        troubles: troubles.get(routeId)?.length ?? 0,
      };
    })
    .sort((a, b) => b.troubles - a.troubles || a.routeName.localeCompare(b.routeName, 'en', { numeric: true }));
}

/** Waits in tens of seconds, so that the list moves only where something changes. */
const steady = (trip: TroubledTrip): TroubledTrip => ({ ...trip, waitS: Math.round(trip.waitS / 10) * 10 });

/**
 * The 500 worst trips in trouble, those first for whose passengers the wait is longest, with what follows; and every
 * route with the number of all its troubles.
 */
export function transitBoard(sources: BoardSources): TransitBoard {
  const { state, headways, nowMs } = sources;
  const out = outOf(sources);
  const known = { ...sources, isOut: (runKey: string): boolean => out.has(runKey) };
  const trips = [
    ...missedTrips(known),
    ...[...state.reports.changes(nowMs)].flatMap((held) => cancelledTrip(known, held)),
    ...state.rows.flatMap((vehicle) => vehicleTroubles(sources, vehicle)),
    ...headways.flatMap((headway) => headwayTrouble(sources, headway)),
  ]
    .map(steady)
    .sort((a, b) => b.waitS - a.waitS || (a.id < b.id ? -1 : 1));
  return { trips: trips.slice(0, MOST_TRIPS), routes: routeServices(sources, trips) };
}
