import { describeDuration } from '../../../../shared/base/display.ts';
import { VERY_LATE_S } from '../../../../shared/transit/adherence.ts';
import type { Condition } from '../kit/Condition.ts';
import type { Headway } from './findHeadways.ts';
import { fleetOf } from './TransitState.ts';
import { endsMs } from './TripMatcher.ts';
import { GONE_MS } from './VehicleState.ts';
import type { VehicleState } from './VehicleState.ts';

const BUNCHED_FOR_MS = 60_000;
/** A vehicle stops being very late only when its delay is clearly below the limit. */
const VERY_LATE_END_S = VERY_LATE_S - 180;
/** This many late vehicles on one route are one problem of the route. */
const MANY_ON_ROUTE = 3;
/** Skate's limits: a fifth of the fleet and twenty vehicles; for a small fleet, half of it. */
const OUTAGE_SHARE = 0.2;
const OUTAGE_VEHICLES = 20;
/** Dead-bands: this much keeps an existing alarm. */
const STILL_ON_ROUTE = 2;
const STILL_OUTAGE_SHARE = 0.5;
const STILL_BUNCHED_SHARE = 0.6;
const EXPECTED_MS = 900_000;
const LEAST_FLEET = 4;

type RouteNames = (routeId: string) => string;

/** What people call a vehicle. */
export const nameOf = ({ seen, id }: VehicleState): string => seen.label ?? id;
/** A span in minutes, with a decimal where it is short. */
export const minutes = (seconds: number): string => `${(seconds / 60).toFixed(seconds < 600 ? 1 : 0)} min`;
/** The place of a vehicle, where it is known. */
export const at = ({ lon, lat }: VehicleState): { lon?: number; lat?: number } =>
  Number.isFinite(lon) && Number.isFinite(lat) ? { lon, lat } : {};

/** One condition per route, however many pairs are bunched. */
export function bunchingConditions(headways: readonly Headway[], routeName: RouteNames): Condition[] {
  const close = headways.filter(
    ({ isBunched, actualS, scheduledS }) => isBunched || actualS < STILL_BUNCHED_SHARE * scheduledS,
  );
  return [...Map.groupBy(close, ({ routeId }) => routeId)].map(([routeId, near]) => {
    const bunched = near.filter(({ isBunched }) => isBunched);
    const pairs = bunched.length > 0 ? bunched : near;
    const headsign = pairs[0]?.follower.run?.plan.trip.headsign;
    const place = `Route ${routeName(routeId)}${headsign === undefined ? '' : ` to ${headsign}`}`;
    return {
      rule: 'transit.bunching',
      domain: 'transit',
      priority: 3,
      subject: { kind: 'route', id: routeId },
      title: `Bunching on route ${routeName(routeId)}`,
      place,
      ...(pairs[0] === undefined ? {} : at(pairs[0].follower)),
      cause:
        'The leading vehicle is held up, so it has more passengers at every stop; the one behind has fewer and catches up.',
      consequence: 'A long gap behind the pair; passengers wait twice as long as promised.',
      action: 'Hold the following vehicle at a timepoint, or let the leading one pass stops; ask what holds it up.',
      evidence: pairs.map(({ leader, follower, actualS, scheduledS }) => ({
        label: `${nameOf(leader)} and ${nameOf(follower)}`,
        text: `${minutes(actualS)} apart (scheduled ${minutes(scheduledS)})`,
      })),
      onDelayMs: BUNCHED_FOR_MS,
      offDelayMs: 120_000,
      isLatching: false,
      ...(bunched.length === 0 && { isInDeadband: true }),
    };
  });
}

/** Updates the very-late flag with a hysteresis; returns whether it changed. */
export function noteVeryLate(vehicle: VehicleState, nowMs: number, shifted: ReadonlyMap<string, number>): boolean {
  const isLate =
    vehicle.isJudged(nowMs) &&
    vehicle.run?.headwayS === undefined &&
    !shifted.has(fleetOf(vehicle.seen)) &&
    vehicle.delayS >= (vehicle.isVeryLate ? VERY_LATE_END_S : VERY_LATE_S);
  const hasChanged = isLate !== vehicle.isVeryLate;
  vehicle.isVeryLate = isLate;
  return hasChanged;
}

const lateBase = {
  rule: 'transit.veryLate',
  domain: 'transit',
  consequence: 'Connections are missed; the next trip of the vehicle starts late.',
  action: 'Ask the driver for the cause; consider a replacement for the next trip.',
  onDelayMs: 60_000,
  offDelayMs: 60_000,
} as const;

function lateVehicle(vehicle: VehicleState, routeName: RouteNames): Condition {
  const route = vehicle.routeId === undefined ? '' : ` on route ${routeName(vehicle.routeId)}`;
  return {
    ...lateBase,
    priority: 4,
    subject: { kind: 'vehicle', id: vehicle.id },
    title: `${nameOf(vehicle)}${route} is ${describeDuration(vehicle.delayS)} late`,
    place: route === '' ? 'On the road' : route.slice(4).replace(/^r/, 'R'),
    ...at(vehicle),
    cause: 'Held up by traffic, an incident or a defect.',
    evidence: [
      { label: 'Delay', text: describeDuration(vehicle.delayS) },
      { label: 'Known from', text: vehicle.delaySource ?? 'feed' },
    ],
    isLatching: false,
    ...(vehicle.routeId !== undefined && { causeGroup: `route:${vehicle.routeId}` }),
  };
}

function lateRoute(routeId: string, vehicles: readonly VehicleState[], routeName: RouteNames): Condition {
  return {
    ...lateBase,
    priority: 3,
    subject: { kind: 'route', id: routeId },
    title: `${vehicles.length} vehicles on route ${routeName(routeId)} very late`,
    place: `Route ${routeName(routeId)}`,
    ...(vehicles[0] === undefined ? {} : at(vehicles[0])),
    cause: 'Something holds up the whole route: a closed road, an incident, works.',
    evidence: vehicles.map((vehicle) => ({ label: nameOf(vehicle), text: describeDuration(vehicle.delayS) })),
  };
}

/**
 * Conditions of vehicles that are fifteen minutes late or more; a single condition for a route that has three or more
 * of them.
 */
export function lateConditions(vehicles: readonly VehicleState[], routeName: RouteNames): Condition[] {
  const byRoute = Map.groupBy(
    vehicles.filter(({ isVeryLate }) => isVeryLate),
    ({ routeId, id }) => routeId ?? id,
  );
  return [...byRoute].flatMap(([routeId, late]) => {
    if (late.length >= MANY_ON_ROUTE) return [lateRoute(routeId, late, routeName)];
    const single = late.map((vehicle) => lateVehicle(vehicle, routeName));
    return late.length >= STILL_ON_ROUTE
      ? [{ ...lateRoute(routeId, late, routeName), isInDeadband: true }, ...single]
      : single;
  });
}

/** Whether the vehicle should still be sending: silence after the end of a trip is not a failure. */
function isExpected(vehicle: VehicleState, nowMs: number): boolean {
  const ageMs = nowMs - vehicle.atMs;
  if (!vehicle.isInService || ageMs > GONE_MS) return false;
  const { run } = vehicle;
  if (run === undefined) return ageMs <= EXPECTED_MS;
  const delayMs = Number.isFinite(vehicle.delayS) ? vehicle.delayS * 1000 : 0;
  return endsMs(run) + delayMs > nowMs;
}

/** A fleet whose vehicles fall silent together, measured by how often it reports. */
export function outageConditions(vehicles: readonly VehicleState[], nowMs: number): Condition[] {
  const fleets = [
    ...Map.groupBy(
      vehicles.filter((vehicle) => isExpected(vehicle, nowMs)),
      ({ seen }) => fleetOf(seen),
    ),
  ];
  return fleets.flatMap(([name, fleet]) => {
    const cadence = fleet[0]?.cadence;
    const stale = fleet.filter((vehicle) => vehicle.isSilent(nowMs)).length;
    const isMuch = (share: number): boolean =>
      stale >= share * OUTAGE_SHARE * fleet.length && stale >= share * Math.min(OUTAGE_VEHICLES, fleet.length / 2);
    if (cadence?.isKnown !== true || fleet.length < LEAST_FLEET || stale === 0 || !isMuch(STILL_OUTAGE_SHARE))
      return [];
    const [feed = name, agency] = name.split(' ');
    return [
      {
        rule: 'transit.feedOutage',
        domain: 'transit',
        priority: 3,
        // With one agency the fleet is the feed, whose own silence explains it.
        subject: {
          kind: 'feed',
          id: fleets.some(([other]) => other !== name && other.startsWith(`${feed} `)) ? name : feed,
        },
        title: `${stale} of ${fleet.length} vehicles silent`,
        place: agency === undefined ? 'Vehicle location system' : `Vehicle location system of ${agency}`,
        cause: 'So many at once point to the vehicle location system or its radio network.',
        consequence: 'Positions and delays on the screen are old; bunching and lateness are not seen.',
        action: 'Call the transit control centre; inform passengers that predictions are not reliable.',
        evidence: [
          {
            label: `Older than ${describeDuration(cadence.warnMs / 1000)} (${feed})`,
            text: `${stale} of ${fleet.length}`,
          },
        ],
        onDelayMs: 15_000,
        offDelayMs: 30_000,
        ...(!isMuch(1) && { isInDeadband: true }),
      },
    ];
  });
}

/** So many vehicles, so alike, and by so much: then it is not the traffic. */
const LEAST_SHIFTED = 4;
const SHIFTED_SHARE = 0.8;
const ALIKE_S = 90;
const SHIFT_S = 900;

/** The shift of a fleet's clock in seconds, where nearly all its vehicles are off by the same large amount. */
export function clockShift(fleet: readonly VehicleState[]): number | undefined {
  const delays = fleet
    .map(({ rawDelayS }) => rawDelayS)
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b);
  const median = delays[Math.floor(delays.length / 2)] ?? Number.NaN;
  const alike = delays.filter((delayS) => Math.abs(delayS - median) <= ALIKE_S).length;
  const isShift =
    delays.length >= LEAST_SHIFTED && alike >= SHIFTED_SHARE * delays.length && Math.abs(median) >= SHIFT_S;
  return isShift ? median : undefined;
}

/** The fleets whose clocks are wrong: none of their vehicles is judged late or early. */
export function shiftedFleets(vehicles: readonly VehicleState[], nowMs: number): Map<string, number> {
  const current = vehicles.filter((vehicle) => vehicle.isJudged(nowMs));
  return new Map(
    [...Map.groupBy(current, ({ seen }) => fleetOf(seen))].flatMap(([name, fleet]) => {
      const shiftS = clockShift(fleet);
      return shiftS === undefined ? [] : [[name, shiftS] as const];
    }),
  );
}

/** One condition per fleet whose vehicles are all off by the same amount. */
export const clockConditions = (fleets: ReadonlyMap<string, number>): Condition[] =>
  [...fleets].map(([name, shiftS]) => ({
    rule: 'transit.feedClock',
    domain: 'transit',
    priority: 4,
    subject: { kind: 'feed', id: name },
    title: `All vehicles ${describeDuration(Math.abs(shiftS))} ${shiftS > 0 ? 'late' : 'early'} at once`,
    place: 'Vehicle location system',
    cause: 'A whole fleet that is off by the same amount has a wrong clock, time zone or service day.',
    consequence: 'Delays of this fleet are not judged until its times are right.',
    action: 'Call whoever runs the feed; compare its time stamps with the clock here.',
    evidence: [{ label: name, text: describeDuration(Math.abs(shiftS)) }],
    onDelayMs: 60_000,
    offDelayMs: 60_000,
  }));
