import type { Subject } from '../../../../shared/alarms/alarm.ts';
import type { Detail } from '../../../../shared/contract/historyRequests.ts';
import { describeDuration, describeQuantity, describeSpeed } from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import { isOnTime } from '../../../../shared/transit/adherence.ts';
import type { Headway } from './findHeadways.ts';
import type { TransitState } from './TransitState.ts';
import { GONE_MS } from './VehicleState.ts';
import type { VehicleState } from './VehicleState.ts';

type Fact = Detail['facts'][number];

function describeDelay(delayS: number): string {
  if (!Number.isFinite(delayS)) return 'not known';
  if (Math.abs(delayS) < 30) return 'on time';
  return `${describeDuration(Math.abs(delayS))} ${delayS > 0 ? 'late' : 'early'}`;
}

function nextStop(state: TransitState, { run, alongM, seen }: VehicleState): string | undefined {
  const stopId = seen.stopId ?? run?.plan.stops.find((stop) => stop.alongM > alongM)?.stopId;
  return stopId === undefined ? undefined : (state.trips?.stop(stopId)?.name ?? stopId);
}

function vehicleFacts(state: TransitState, vehicle: VehicleState, nowMs: number, units: DisplayUnits): Fact[] {
  const { seen } = vehicle;
  const now = { quality: qualityCode[vehicle.quality(nowMs)], atMs: vehicle.atMs };
  const stop = nextStop(state, vehicle);
  const service =
    seen.outOfService === true
      ? 'out of service'
      : vehicle.run === undefined && vehicle.isInService
        ? 'in service; its trip is not in the timetable'
        : vehicle.isInService
          ? 'in service'
          : 'no trip told';
  return [
    {
      label: 'Delay',
      text: describeDelay(vehicle.delayS),
      ...now,
      ...(vehicle.delaySource === 'position' && { note: 'worked out from its position' }),
    },
    { label: 'Service', text: service },
    ...(vehicle.run?.plan.trip.headsign === undefined ? [] : [{ label: 'To', text: vehicle.run.plan.trip.headsign }]),
    ...(stop === undefined ? [] : [{ label: 'Next stop', text: stop }]),
    ...(seen.speedMps === undefined ? [] : [{ label: 'Speed', text: describeSpeed(seen.speedMps, units), ...now }]),
    ...(seen.occupancyRatio === undefined
      ? []
      : [{ label: 'Occupancy', text: describeQuantity(seen.occupancyRatio, '1', 2, units), ...now }]),
    ...(seen.doorsOpen === undefined ? [] : [{ label: 'Doors', text: seen.doorsOpen ? 'open' : 'closed', ...now }]),
    {
      label: 'Position',
      text: seen.positionSource ?? 'as told',
      ...now,
      ...(seen.reason !== undefined && { note: seen.reason }),
    },
  ];
}

function vehicleDetail(state: TransitState, vehicle: VehicleState, nowMs: number, units: DisplayUnits): Detail {
  const { routeId } = vehicle;
  return {
    subject: { kind: 'vehicle', id: vehicle.id },
    title: vehicle.seen.label ?? vehicle.id,
    subtitle: `${vehicle.seen.mode}${routeId === undefined ? '' : `, route ${state.routeName(routeId)}`}`,
    ...(Number.isFinite(vehicle.lon) && { lon: vehicle.lon, lat: vehicle.lat }),
    facts: vehicleFacts(state, vehicle, nowMs, units),
    // The store keeps the delays that the feed reported, not those that were computed from positions.
    series:
      vehicle.delaySource === 'position'
        ? []
        : [{ deviceId: vehicle.id, quantity: 'delayS', label: 'Delay', asRate: false }],
    related:
      routeId === undefined
        ? []
        : [{ subject: { kind: 'route', id: routeId }, label: `Route ${state.routeName(routeId)}` }],
  };
}

function routeDetail(
  state: TransitState,
  routeId: string,
  longName: string | undefined,
  headways: readonly Headway[],
  nowMs: number,
): Detail {
  const vehicles = state.rows.filter(
    (vehicle) => vehicle.routeId === routeId && vehicle.isInService && nowMs - vehicle.atMs <= GONE_MS,
  );
  const known = vehicles.filter(({ delayS }) => Number.isFinite(delayS));
  const pairs = headways.filter((headway) => headway.routeId === routeId);
  const onTime = known.filter(({ delayS }) => isOnTime(delayS)).length;
  return {
    subject: { kind: 'route', id: routeId },
    title: `Route ${state.routeName(routeId)}`,
    subtitle: longName ?? 'Not in the timetable',
    facts: [
      { label: 'Vehicles', text: String(vehicles.length) },
      { label: 'On time', text: known.length === 0 ? 'not known' : `${onTime} of ${known.length}` },
      ...pairs.map(({ leader, follower, actualS, scheduledS, isBunched }): Fact => ({
        label: `${leader.seen.label ?? leader.id} to ${follower.seen.label ?? follower.id}`,
        text: `${Number.isFinite(actualS) ? describeDuration(actualS) : 'not known'} (scheduled ${describeDuration(scheduledS)})`,
        ...(isBunched && { note: 'bunched' }),
      })),
    ],
    series:
      longName === undefined ? [] : [{ deviceId: routeId, quantity: 'delayS', label: 'Mean delay', asRate: false }],
    related: vehicles.map(({ id, seen, delayS }) => ({
      subject: { kind: 'vehicle', id },
      label: `${seen.label ?? id}: ${describeDelay(delayS)}`,
    })),
  };
}

/** The details page of a vehicle or a route. `longNames`: the long names of the timetable's routes. */
export function transitDetail(
  state: TransitState,
  longNames: ReadonlyMap<string, string>,
  headways: readonly Headway[],
  subject: Subject,
  nowMs: number,
  units: DisplayUnits,
): Detail | undefined {
  if (subject.kind === 'vehicle') {
    const vehicle = state.vehicles.get(subject.id);
    return vehicle === undefined ? undefined : vehicleDetail(state, vehicle, nowMs, units);
  }
  const isKnown = longNames.has(subject.id) || state.rows.some(({ routeId }) => routeId === subject.id);
  return subject.kind === 'route' && isKnown
    ? routeDetail(state, subject.id, longNames.get(subject.id), headways, nowMs)
    : undefined;
}
