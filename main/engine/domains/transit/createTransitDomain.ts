import type { StreamMessage } from '../../../../shared/contract/contract.ts';
import type { County, Route } from '../../../../shared/county/county.ts';
import { vehicleFlag } from '../../../../shared/live/frame.ts';
import type { FrameData } from '../../../../shared/live/frame.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import { routeScopeOf } from '../../store/samples/routeSeries.ts';
import type { Domain, FrameSource, Hit } from '../kit/Domain.ts';
import { FigureHistory } from '../kit/FigureHistory.ts';
import { changedFrame } from '../kit/ChangedRows.ts';
import { rosterSource } from '../kit/rosterSource.ts';
import { findHeadways } from './findHeadways.ts';
import type { Headway } from './findHeadways.ts';
import {
  bunchingConditions,
  clockConditions,
  lateConditions,
  noteVeryLate,
  outageConditions,
  shiftedFleets,
} from './transitConditions.ts';
import { timetableConditions } from './timetableConditions.ts';
import { transitDetail } from './transitDetail.ts';
import { transitFigures } from './transitFigures.ts';
import { TransitState } from './TransitState.ts';
import type { VehicleState } from './VehicleState.ts';

type RosterRow = StreamMessage<'vehicles'>['rows'][number];

function rosterRow(state: TransitState, { row, id, seen, routeId, run }: VehicleState): RosterRow {
  const headsign = run?.plan.trip.headsign;
  return {
    index: row,
    id,
    label: seen.label ?? id,
    mode: seen.mode,
    ...(routeId !== undefined && { routeId, routeName: seen.routeName ?? state.routeName(routeId) }),
    ...(headsign !== undefined && { headsign }),
  };
}

function fill(columns: FrameData<'vehicles'>, at: number, vehicle: VehicleState, nowMs: number): void {
  const { seen } = vehicle;
  columns.lon[at] = vehicle.lon;
  columns.lat[at] = vehicle.lat;
  columns.speedMps[at] = seen.speedMps ?? Number.NaN;
  columns.headingDeg[at] = seen.headingDeg ?? Number.NaN;
  columns.delayS[at] = vehicle.delayS;
  columns.seenAtMs[at] = vehicle.atMs;
  columns.quality[at] = qualityCode[vehicle.quality(nowMs)];
  columns.flags[at] =
    (vehicle.isInService ? 0 : vehicleFlag.outOfService) |
    (vehicle.isBunched ? vehicleFlag.bunched : 0) |
    (vehicle.isVeryLate ? vehicleFlag.veryLate : 0) |
    (seen.doorsOpen === true ? vehicleFlag.doorsOpen : 0);
}

const vehiclesFrame =
  (state: TransitState): FrameSource =>
  (cursor, nowMs) =>
    changedFrame(
      'vehicles',
      state.changes,
      cursor,
      nowMs,
      (columns, at, row) => {
        const vehicle = state.rows[row];
        if (vehicle !== undefined) fill(columns, at, vehicle, nowMs);
      },
      (row) => state.rows[row]?.isShown === true,
    );

/** Names of vehicles that are new or changed since the cursor (0: all), with the cursor for the next call. */
function roster(state: TransitState, cursor: number): { rows: RosterRow[]; cursor: number } {
  const changed = state.rosterChanges.since(cursor);
  if (changed === undefined) return { rows: [], cursor };
  const vehicles = changed.rows.flatMap((row) => state.rows[row] ?? []);
  return { rows: vehicles.map((vehicle) => rosterRow(state, vehicle)), cursor: changed.cursor };
}

const routeHit = ({ id, shortName, longName }: Route): Hit => ({
  group: 'county',
  subject: { kind: 'route', id },
  title: `Route ${shortName}`,
  detail: longName,
});

const vehicleHit = ({ id, label, mode, routeName }: RosterRow): Hit => ({
  group: 'county',
  subject: { kind: 'vehicle', id },
  title: label,
  detail: routeName === undefined ? mode : `${mode}, route ${routeName}`,
});

/**
 * The transit domain: buses and all other vehicles that run to a timetable. It computes delays and headways from their
 * positions.
 */
export function createTransitDomain({ timetable, profile }: Pick<County, 'timetable' | 'profile'>): Domain {
  const state = new TransitState(timetable);
  const book = new FigureHistory();
  const units = profile.displayUnits;
  const routes = [...(timetable?.routes.values() ?? [])];
  const stops = [...(timetable?.stops.values() ?? [])];
  const longNames = new Map(routes.map(({ id, longName }) => [id, longName]));
  let headways: Headway[] = [];
  let judgedMs = Number.NaN;

  const note = (nowMs: number, shifted: ReadonlyMap<string, number>): void => {
    const bunched = new Set(
      headways.filter((headway) => headway.isBunched).flatMap(({ leader, follower }) => [leader, follower]),
    );
    for (const vehicle of state.rows) {
      const hasChanged = noteVeryLate(vehicle, nowMs, shifted) || vehicle.isBunched !== bunched.has(vehicle);
      vehicle.isBunched = bunched.has(vehicle);
      if (hasChanged) state.changes.touch(vehicle.row);
    }
  };

  return {
    id: 'transit',
    alarmDomains: [{ id: 'transit', label: 'Transit', icon: 'bus', incidentType: 'transit' }],
    apply(value, nowMs) {
      if (value.kind === 'vehicle') state.applyVehicle(value, nowMs);
      else if (value.kind === 'tripReport') state.applyTripReport(value, nowMs);
      else if (value.kind === 'notice') state.applyNotice(value);
    },
    judge(nowMs) {
      state.settleReports(nowMs);
      state.age(judgedMs, nowMs);
      judgedMs = nowMs;
      headways = findHeadways(state.rows, nowMs);
      const shifted = shiftedFleets(state.rows, nowMs);
      note(nowMs, shifted);
      const routeName = (routeId: string): string => state.routeName(routeId);
      return [
        ...bunchingConditions(headways, routeName),
        ...lateConditions(state.rows, routeName),
        ...outageConditions(state.rows, nowMs),
        ...clockConditions(shifted),
        ...timetableConditions(state.trips?.service(nowMs)),
      ];
    },
    frames: { vehicles: vehiclesFrame(state) },
    streams: { vehicles: rosterSource((cursor) => roster(state, cursor)) },
    figures: (nowMs) => transitFigures(state, book, headways, nowMs),
    detail: (subject, nowMs) => transitDetail(state, longNames, headways, subject, nowMs, units),
    indexedHits: () => routes.map(routeHit),
    liveHits: () => roster(state, 0).rows.map(vehicleHit),
    sumsOf: routeScopeOf,
    requests: { 'county.transit': () => ({ routes, stops }) },
  };
}
