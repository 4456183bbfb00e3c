import type { TransitState } from './TransitState.ts';
import { departsMs } from './TripMatcher.ts';
import type { DueRun } from './TripMatcher.ts';
import type { VehicleState } from './VehicleState.ts';

/**
 * A scheduled trip that no vehicle serves. `pullOut`: it is the first of its block, so no vehicle has left the depot;
 * `ghost`: the vehicle of its block is not on it.
 */
export type MissedTrip = { run: DueRun; kind: 'pullOut' | 'ghost' };
/** The trips that should have a vehicle by now: how many do, and which do not. */
export type Coverage = { due: number; served: number; missed: MissedTrip[] };

/** A trip is missed from this long after its departure on, or after the fleet has had time to report it. */
const GRACE_MS = 300_000;
/** A vehicle that is a little early has left its trip before its end. */
const NEARLY_OVER_MS = 120_000;
/** With fewer trips than this, or a smaller share with a vehicle, the feed is at fault and not each trip. */
const LEAST_SHARE = 0.5;

/** Whether so few trips have a vehicle that trips and vehicles do not find each other. */
export const isMismatch = ({ due, served }: Coverage): boolean => due >= 4 && served < LEAST_SHARE * due;

/** When the earliest trip of each block leaves that has a vehicle now, by block. */
function earliestByBlock(vehicles: readonly VehicleState[]): Map<string, number> {
  const earliest = new Map<string, number>();
  for (const { run } of vehicles) {
    const blockId = run?.plan.trip.blockId;
    if (run === undefined || blockId === undefined) continue;
    earliest.set(blockId, Math.min(departsMs(run), earliest.get(blockId) ?? Number.POSITIVE_INFINITY));
  }
  return earliest;
}

/**
 * The trips under way by the timetable that no vehicle serves. A trip counts as served when a vehicle was on it at any
 * time, when the operator cancels it or forecasts it, and while the vehicle of its block is still on the trip before:
 * that one is late, not missing. Nothing is missed before the fleet has been heard for as long as it takes to report.
 */
export function coverage(state: TransitState, nowMs: number): Coverage {
  const graceMs = Math.max(GRACE_MS, ...[...state.cadences.values()].map(({ staleMs }) => 2 * staleMs));
  const current = state.rows.filter((vehicle) => vehicle.isInService && nowMs - vehicle.atMs <= vehicle.staleMs);
  if (current.length === 0 || !(nowMs - state.heardSinceMs >= graceMs)) return { due: 0, served: 0, missed: [] };
  const due = (state.trips?.dueNow(nowMs) ?? []).filter(
    (run) => nowMs - run.departsMs >= graceMs && run.endsMs - nowMs >= NEARLY_OVER_MS,
  );
  const said = state.reports.runsSaid(nowMs);
  const earliest = earliestByBlock(current);
  const isComing = ({ trip, departsMs: leavesMs }: DueRun): boolean =>
    (earliest.get(trip.blockId ?? '') ?? leavesMs) < leavesMs;
  const missed = due.filter((run) => !state.served.has(run.key) && !said.has(run.key) && !isComing(run));
  return {
    due: due.length,
    served: due.length - missed.length,
    missed: missed.map((run) => ({ run, kind: state.trips?.isFirstOfBlock(run.trip) === false ? 'ghost' : 'pullOut' })),
  };
}
