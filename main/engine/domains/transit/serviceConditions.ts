import { describeDuration } from '../../../../shared/base/display.ts';
import type { Condition } from '../kit/Condition.ts';
import type { Headway } from './findHeadways.ts';
import { isMismatch } from './missedTrips.ts';
import type { Coverage, MissedTrip } from './missedTrips.ts';
import { at, minutes, nameOf } from './transitConditions.ts';
import type { VehicleState } from './VehicleState.ts';

type Names = { route: (routeId: string) => string; clock: (atMs: number) => string };

/** A vehicle that has not left this long after its departure has pulled out late. */
const LATE_PULL_OUT_S = 300;
/** Two minutes ahead of the timetable between its ends, a vehicle has left a stop before its passengers came. */
const EARLY_S = -120;
/** This many missed trips of a route are a problem of the route. */
const MANY_MISSED = 3;

const held = { domain: 'transit', onDelayMs: 60_000, offDelayMs: 60_000, isLatching: false } as const;

/** One condition per route with gaps. */
export function gapConditions(headways: readonly Headway[], names: Names): Condition[] {
  const gaps = Map.groupBy(
    headways.filter(({ isGapped }) => isGapped),
    ({ routeId }) => routeId,
  );
  return [...gaps].map(([routeId, pairs]) => ({
    ...held,
    rule: 'transit.gap',
    priority: 4,
    subject: { kind: 'route', id: routeId },
    title: `Gap on route ${names.route(routeId)}`,
    place: `Route ${names.route(routeId)}`,
    ...(pairs[0] === undefined ? {} : at(pairs[0].follower)),
    cause: 'A vehicle is held up, and the one ahead of it goes on to time.',
    consequence: 'Passengers wait at least twice as long as promised, and the next vehicle is full.',
    action: 'Let the vehicle ahead wait at a time point; send a reserve into the gap.',
    evidence: pairs.map(({ leader, follower, actualS, scheduledS }) => ({
      label: `${nameOf(leader)} and ${nameOf(follower)}`,
      text: `${minutes(actualS)} apart (scheduled ${minutes(scheduledS)})`,
    })),
  }));
}

const described = ({ run, kind }: MissedTrip, { clock }: Names): { label: string; text: string } => ({
  label: `${clock(run.departsMs)}${run.trip.headsign === undefined ? '' : ` to ${run.trip.headsign}`}`,
  text: kind === 'pullOut' ? 'no vehicle has pulled out' : 'no vehicle is on it',
});

function missedOnRoute(routeId: string, missed: readonly MissedTrip[], names: Names): Condition {
  const [first] = missed;
  const single = first && described(first, names);
  return {
    ...held,
    rule: 'transit.missedTrip',
    priority: missed.length >= MANY_MISSED ? 3 : 4,
    subject: { kind: 'route', id: routeId },
    title:
      missed.length === 1 && single !== undefined
        ? `Route ${names.route(routeId)}, ${single.label}: ${single.text}`
        : `${missed.length} trips on route ${names.route(routeId)} without a vehicle`,
    place: `Route ${names.route(routeId)}`,
    cause: 'No driver or vehicle for the trip, or a vehicle that does not report.',
    consequence: 'Passengers wait for a vehicle that does not come; the one behind is overfull.',
    action: 'Ask the garage; cancel the trip for passengers, or send a reserve.',
    evidence: missed.map((each) => described(each, names)),
  };
}

/** One condition per route with trips that no vehicle serves; a single one where the feed and the timetable differ. */
export function missedConditions(found: Coverage, names: Names): Condition[] {
  if (!isMismatch(found))
    return [...Map.groupBy(found.missed, ({ run }) => run.trip.routeId)].map(([routeId, missed]) =>
      missedOnRoute(routeId, missed, names),
    );
  return [
    {
      ...held,
      rule: 'transit.unmatched',
      priority: 4,
      subject: { kind: 'feed', id: 'timetable' },
      title: `Only ${found.served} of ${found.due} scheduled trips have a vehicle`,
      place: 'Timetable',
      cause: 'The vehicles report trips that the timetable does not have, or the feed lacks a part of the fleet.',
      consequence: 'Missing trips and delays cannot be distinguished from vehicles that do not report.',
      action: 'Compare the trips of the realtime feed with the GTFS feed of the county folder.',
      evidence: [{ label: 'Trips without a vehicle', text: String(found.due - found.served) }],
    },
  ];
}

/** How long after its departure a vehicle still stands at its first stop, in seconds; NaN where it does not. */
export function pullOutDelayS(vehicle: VehicleState, nowMs: number): number {
  const first = vehicle.run?.plan.stops[0];
  if (vehicle.run === undefined || first === undefined || vehicle.run.headwayS !== undefined) return Number.NaN;
  if (!vehicle.isWaitingToStart || !vehicle.isJudged(nowMs)) return Number.NaN;
  return (vehicle.atMs - vehicle.run.startMs) / 1000 - first.departureS;
}

/** Whether a vehicle has left stops too early. */
export const isEarly = (vehicle: VehicleState, nowMs: number): boolean =>
  vehicle.isUnderWay && vehicle.isJudged(nowMs) && vehicle.run?.headwayS === undefined && vehicle.delayS <= EARLY_S;

function ofVehicle(vehicle: VehicleState, names: Names): Pick<Condition, 'subject' | 'place' | 'lon' | 'lat'> {
  const { routeId } = vehicle;
  return {
    subject: { kind: 'vehicle', id: vehicle.id },
    place: routeId === undefined ? 'On the road' : `Route ${names.route(routeId)}`,
    ...at(vehicle),
  };
}

/** Vehicles that have not left their first stop in time. */
export const pullOutConditions = (vehicles: readonly VehicleState[], names: Names, nowMs: number): Condition[] =>
  vehicles.flatMap((vehicle): Condition[] => {
    const delayS = pullOutDelayS(vehicle, nowMs);
    if (!(delayS >= LATE_PULL_OUT_S)) return [];
    return [
      {
        ...held,
        ...ofVehicle(vehicle, names),
        rule: 'transit.latePullOut',
        priority: 4,
        title: `${nameOf(vehicle)} has not left ${describeDuration(delayS)} after its departure`,
        cause: 'The driver is not there, the vehicle is defective, or the trip before came late.',
        consequence: 'The trip starts late, and so do those after it.',
        action: 'Call the driver; send a reserve if it cannot leave.',
        evidence: [{ label: 'After its departure', text: describeDuration(delayS) }],
      },
    ];
  });

/** Vehicles that run ahead of the timetable. */
export const earlyConditions = (vehicles: readonly VehicleState[], names: Names, nowMs: number): Condition[] =>
  vehicles
    .filter((vehicle) => isEarly(vehicle, nowMs))
    .map((vehicle): Condition => ({
      ...held,
      ...ofVehicle(vehicle, names),
      rule: 'transit.early',
      priority: 4,
      title: `${nameOf(vehicle)} runs ${describeDuration(-vehicle.delayS)} early`,
      cause: 'It left a time point before its departure.',
      consequence: 'Passengers who come on time miss it, and wait for the next one.',
      action: 'Ask the driver to wait at the next time point.',
      evidence: [{ label: 'Early', text: describeDuration(-vehicle.delayS) }],
    }));
