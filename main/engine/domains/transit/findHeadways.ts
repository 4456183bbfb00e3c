import { actualHeadway, FREQUENT_HEADWAY_S, isBunched, scheduledAt } from '../../../../shared/transit/adherence.ts';
import type { VehicleState } from './VehicleState.ts';

/** Two consecutive vehicles of one line and direction; seconds. `actualS` is NaN where a delay is not known. */
export type Headway = {
  leader: VehicleState;
  follower: VehicleState;
  routeId: string;
  scheduledS: number;
  actualS: number;
  isBunched: boolean;
};

/** Trips scheduled closer than this are meant to run together. */
const TOGETHER_S = 60;

function between(leader: VehicleState, follower: VehicleState): Headway[] {
  if (leader.run === undefined || follower.run === undefined) return [];
  const dueMs = ({ plan, startMs }: NonNullable<VehicleState['run']>): number =>
    startMs + scheduledAt(plan.stops, follower.alongM) * 1000;
  const scheduledS = Math.abs(dueMs(follower.run) - dueMs(leader.run)) / 1000;
  if (!(scheduledS >= TOGETHER_S && scheduledS <= FREQUENT_HEADWAY_S)) return [];
  const hasOvertaken = dueMs(follower.run) < dueMs(leader.run);
  const actualS = hasOvertaken ? 0 : Math.max(0, actualHeadway(scheduledS, leader.delayS, follower.delayS));
  return [
    {
      leader,
      follower,
      routeId: leader.run.plan.trip.routeId,
      scheduledS,
      actualS,
      isBunched: Number.isFinite(actualS) && isBunched(actualS, scheduledS),
    },
  ];
}

/** Headways of consecutive vehicles on frequent routes, now; only between vehicles under way on the same line. */
export function findHeadways(vehicles: Iterable<VehicleState>, nowMs: number): Headway[] {
  const lines = new Map<string, VehicleState[]>();
  for (const vehicle of vehicles) {
    if (vehicle.run === undefined || !vehicle.isUnderWay || !vehicle.isJudged(nowMs)) continue;
    const { pattern } = vehicle.run.plan;
    const known = lines.get(pattern);
    if (known === undefined) lines.set(pattern, [vehicle]);
    else known.push(vehicle);
  }
  return [...lines.values()].flatMap((line) => {
    const ahead = line.sort((a, b) => b.alongM - a.alongM);
    return ahead.slice(1).flatMap((follower, index) => between(ahead[index] ?? follower, follower));
  });
}
