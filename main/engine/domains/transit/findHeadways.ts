import { actualHeadway, FREQUENT_HEADWAY_S, isBunched, isGapped } from '../../../../shared/transit/adherence.ts';
import type { PlannedStop } from '../../../../shared/transit/adherence.ts';
import type { Run } from './TripMatcher.ts';
import type { VehicleState } from './VehicleState.ts';

/**
 * Two consecutive vehicles of one route and direction at the follower's next stop that both serve; seconds. `actualS`
 * is NaN where a delay is not known.
 */
export type Headway = {
  leader: VehicleState;
  follower: VehicleState;
  routeId: string;
  stopId: string;
  scheduledS: number;
  actualS: number;
  isBunched: boolean;
  isGapped: boolean;
};

/** Trips scheduled closer than this are meant to run together. */
const TOGETHER_S = 60;

type Running = { vehicle: VehicleState; run: Run };
/** A vehicle at a stop of its own plan. */
type AtStop = Running & { stop: PlannedStop };

const dueMs = ({ run, stop }: AtStop): number => run.startMs + stop.departureS * 1000;
const metresBefore = ({ vehicle, stop }: AtStop): number => stop.alongM - vehicle.alongM;

function between(leader: AtStop, follower: AtStop): Headway[] {
  const { headwayS } = follower.run;
  const scheduledS = headwayS ?? Math.abs(dueMs(follower) - dueMs(leader)) / 1000;
  if (!(scheduledS >= TOGETHER_S && scheduledS <= FREQUENT_HEADWAY_S)) return [];
  const hasOvertaken = dueMs(follower) < dueMs(leader);
  const expectedS = (dueMs(follower) - dueMs(leader)) / 1000;
  const [{ delayS: ahead }, { delayS: behind }] = [leader.vehicle, follower.vehicle];
  const actualS = hasOvertaken ? 0 : Math.max(0, actualHeadway(expectedS, ahead, behind));
  return [
    {
      leader: leader.vehicle,
      follower: follower.vehicle,
      routeId: leader.run.plan.trip.routeId,
      stopId: follower.stop.stopId,
      scheduledS,
      actualS,
      isBunched: Number.isFinite(actualS) && isBunched(actualS, scheduledS),
      isGapped: Number.isFinite(actualS) && isGapped(actualS, scheduledS),
    },
  ];
}

/** The headway of a vehicle behind the one ahead of it, at its next stop that another one passes or has passed. */
function headwayOf(follower: Running, line: readonly Running[]): Headway[] {
  for (const [visit, stop] of follower.run.plan.visits) {
    if (stop.alongM <= follower.vehicle.alongM) continue;
    const here = { ...follower, stop };
    let leader: AtStop | undefined;
    for (const other of line) {
      const passed = other === follower ? undefined : other.run.plan.visits.get(visit);
      if (passed === undefined) continue;
      const there = { ...other, stop: passed };
      const gapM = metresBefore(here) - metresBefore(there);
      if (gapM < 0 || (gapM === 0 && dueMs(there) >= dueMs(here))) continue;
      if (leader === undefined || metresBefore(there) > metresBefore(leader)) leader = there;
    }
    if (leader !== undefined) return between(leader, here);
  }
  return [];
}

/**
 * Headways of consecutive vehicles of frequent routes, now: over all patterns of a route's direction, so that branches
 * and short runs count where they share stops. Only between vehicles under way.
 */
export function findHeadways(vehicles: Iterable<VehicleState>, nowMs: number): Headway[] {
  const lines = new Map<string, Running[]>();
  for (const vehicle of vehicles) {
    const { run } = vehicle;
    if (run === undefined || !vehicle.isUnderWay || !vehicle.isJudged(nowMs)) continue;
    const { routeId, directionId } = run.plan.trip;
    const key = `${routeId}|${directionId}`;
    const known = lines.get(key) ?? [];
    lines.set(key, known);
    known.push({ vehicle, run });
  }
  return [...lines.values()].flatMap((line) => line.flatMap((follower) => headwayOf(follower, line)));
}
