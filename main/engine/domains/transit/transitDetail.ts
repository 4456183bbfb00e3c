import type { Subject } from '../../../../shared/alarms/alarm.ts';
import type { Detail } from '../../../../shared/contract/historyRequests.ts';
import { describeDuration, describeQuantity, describeSpeed } from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import { isOnTime } from '../../../../shared/transit/adherence.ts';
import type { Headway } from './findHeadways.ts';
import type { TripKind } from '../../../../shared/base/values.ts';
import type { TransitState } from './TransitState.ts';
import { skippedStops } from './TripReports.ts';
import type { HeldReport } from './TripReports.ts';
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

/** Where the delay comes from, and a reported delay that cannot be true. */
function noteOf({ delaySource, disbelieved, hasArrived }: VehicleState): { note?: string } {
  const notes = [
    ...(hasArrived ? ['on arrival at its last stop'] : []),
    ...(delaySource === 'position' ? ['worked out from its position'] : []),
    ...(disbelieved === undefined || disbelieved.source === 'position'
      ? []
      : [`not believed: ${describeDelay(disbelieved.delayS)}, as the ${disbelieved.source} says`]),
  ];
  return notes.length === 0 ? {} : { note: notes.join('; ') };
}

const kindWords: Readonly<Record<TripKind, string | undefined>> = {
  scheduled: undefined,
  canceled: 'in service, but its trip is cancelled',
  added: 'in service on an extra trip',
  duplicated: 'in service on an extra run of a planned trip',
};

function describeService(state: TransitState, vehicle: VehicleState, nowMs: number): string {
  const { seen, run } = vehicle;
  if (seen.outOfService === true) return 'out of service';
  if (!vehicle.isInService) return 'no trip reported';
  if (run === undefined && seen.tripKind !== 'added') return 'in service; its trip is not in the timetable';
  const kind = state.reportOf(vehicle, nowMs)?.report.tripKind ?? seen.tripKind ?? 'scheduled';
  return kindWords[kind] ?? 'in service';
}

const PREDICTED_STOPS = 3;

/** When the vehicle will probably be at its next stops. */
function expectedFacts(state: TransitState, vehicle: VehicleState, nowMs: number): Fact[] {
  const stops = vehicle.isJudged(nowMs) ? state.predict(vehicle, nowMs).slice(0, PREDICTED_STOPS) : [];
  if (stops.length === 0) return [];
  const text = stops
    .map(({ stopId, arrivalMs }) => `${state.trips?.stop(stopId)?.name ?? stopId} in ${minutesUntil(arrivalMs, nowMs)}`)
    .join(', ');
  return [{ label: 'Expected at', text, note: 'from its delay and what vehicles usually lose on the way' }];
}

const minutesUntil = (atMs: number, nowMs: number): string => {
  const minutes = Math.round((atMs - nowMs) / 60_000);
  return minutes < 1 ? 'less than a minute' : `${minutes} min`;
};

function vehicleFacts(state: TransitState, vehicle: VehicleState, nowMs: number, units: DisplayUnits): Fact[] {
  const { seen } = vehicle;
  const now = { quality: qualityCode[vehicle.quality(nowMs)], atMs: vehicle.atMs };
  const stop = nextStop(state, vehicle);
  const report = state.reportOf(vehicle, nowMs);
  const skipped = report === undefined ? [] : skippedStops(report).map((id) => state.trips?.stop(id)?.name ?? id);
  const service = describeService(state, vehicle, nowMs);
  return [
    { label: 'Delay', text: describeDelay(vehicle.delayS), ...now, ...noteOf(vehicle) },
    { label: 'Service', text: service },
    ...(vehicle.run?.plan.trip.headsign === undefined ? [] : [{ label: 'To', text: vehicle.run.plan.trip.headsign }]),
    ...(stop === undefined ? [] : [{ label: 'Next stop', text: stop }]),
    ...expectedFacts(state, vehicle, nowMs),
    ...(skipped.length === 0 ? [] : [{ label: 'Skips', text: skipped.join(', ') }]),
    ...(seen.speedMps === undefined ? [] : [{ label: 'Speed', text: describeSpeed(seen.speedMps, units), ...now }]),
    ...(seen.occupancyRatio === undefined
      ? []
      : [{ label: 'Occupancy', text: describeQuantity(seen.occupancyRatio, '1', 2, units), ...now }]),
    ...(seen.doorsOpen === undefined ? [] : [{ label: 'Doors', text: seen.doorsOpen ? 'open' : 'closed', ...now }]),
    {
      label: 'Position',
      text: seen.positionSource ?? 'as reported',
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

const changeWords: Readonly<Record<TripKind, string>> = {
  scheduled: 'Trip',
  canceled: 'Cancelled trip',
  added: 'Extra trip',
  duplicated: 'Extra run',
};

/** "08:00 to East", as far as it is known. */
function tripName({ report, run }: HeldReport): string {
  const firstS = run?.plan.trip.stopTimes[0]?.departureS;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const planned = firstS === undefined ? undefined : `${two((firstS / 3600) % 24)}:${two((firstS / 60) % 60)}`;
  const start = report.tripKind === 'canceled' ? (planned ?? report.startTime) : (report.startTime ?? planned);
  const headsign = run?.plan.trip.headsign;
  return `${start ?? report.tripId ?? 'not named'}${headsign === undefined ? '' : ` to ${headsign}`}`;
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
  const changes = [...state.reports.changes(nowMs)].filter(
    ({ report, run }) => (run?.plan.trip.routeId ?? report.routeId) === routeId,
  );
  return {
    subject: { kind: 'route', id: routeId },
    title: `Route ${state.routeName(routeId)}`,
    subtitle: longName ?? 'Not in the timetable',
    facts: [
      { label: 'Vehicles', text: String(vehicles.length) },
      { label: 'On time', text: known.length === 0 ? 'not known' : `${onTime} of ${known.length}` },
      ...changes.map((held): Fact => ({ label: changeWords[held.report.tripKind], text: tripName(held) })),
      ...state.noticesOf(routeId, nowMs).map(({ title }): Fact => ({ label: 'Service alert', text: title })),
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
