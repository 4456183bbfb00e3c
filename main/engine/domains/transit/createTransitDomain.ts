import type { StreamMessage } from '../../../../shared/contract/contract.ts';
import type { County, Route } from '../../../../shared/county/county.ts';
import { vehicleFlag } from '../../../../shared/live/frame.ts';
import type { FrameData } from '../../../../shared/live/frame.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import { routeScopeOf } from '../../store/samples/routeSeries.ts';
import type { Domain, FrameSource, Hit } from '../kit/Domain.ts';
import { serviceDayOf } from '../../registry/serviceTime.ts';
import { FigureHistory } from '../kit/FigureHistory.ts';
import { changedFrame } from '../kit/ChangedRows.ts';
import { rosterSource } from '../kit/rosterSource.ts';
import { transitDetail } from './transitDetail.ts';
import { transitNow } from './transitNow.ts';
import { transitFigures } from './transitFigures.ts';
import { TransitService } from './TransitService.ts';
import type { TransitState } from './TransitState.ts';
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
export function createTransitDomain(county: Pick<County, 'timetable' | 'timetableFeeds' | 'profile'>): Domain {
  const { displayUnits, timeZone } = county.profile;
  const service = new TransitService(county);
  const { state, board } = service;
  const book = new FigureHistory();
  /** The search index takes the routes once; those of a later timetable are found as vehicles are. */
  const indexed = new Set(service.ground.routes.map(({ id }) => id));
  return {
    id: 'transit',
    alarmDomains: [{ id: 'transit', label: 'Transit', icon: 'bus', incidentType: 'transit' }],
    apply(value, nowMs) {
      if (value.kind === 'vehicle') state.applyVehicle(value, nowMs);
      else if (value.kind === 'tripReport') state.applyTripReport(value, nowMs);
      else if (value.kind === 'notice') state.applyNotice(value);
    },
    judge: (nowMs) => service.judge(nowMs),
    frames: { vehicles: vehiclesFrame(state) },
    streams: {
      vehicles: rosterSource((cursor) => roster(state, cursor)),
      transit: (cursor) => (cursor === board.version ? undefined : { message: board.now, cursor: board.version }),
    },
    figures: (nowMs) => transitFigures(state, book, service.headways, nowMs),
    detail: (subject, nowMs) =>
      transitDetail(state, service.ground.longNames, service.headways, subject, nowMs, displayUnits),
    indexedHits: () => service.ground.routes.map(routeHit),
    liveHits: () => [
      ...service.ground.routes.filter(({ id }) => !indexed.has(id)).map(routeHit),
      ...roster(state, 0).rows.map(vehicleHit),
    ],
    sumsOf: routeScopeOf,
    offers: {
      measuredRuns: {
        take: () => state.takeMeasured(),
        putBack: (runs) => state.putBackMeasured(runs),
        learn: (run) => state.learnRun(run),
      },
      transitNow: (nowMs) => (state.trips === undefined ? undefined : transitNow(state, nowMs)),
    },
    requests: {
      'county.transit': () => ({ routes: service.ground.routes, stops: service.ground.stops }),
      'county.timetable': () => ({
        today: Number.isNaN(service.judgedMs) ? '' : serviceDayOf(service.judgedMs, timeZone),
        feeds: county.timetableFeeds ?? [],
      }),
    },
  };
}
