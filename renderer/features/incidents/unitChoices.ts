import type { UnitStatus } from '../../../shared/values.ts';
import type { UnitRow } from '../../live/mergeStream.ts';

/** A response unit as a choice for an incident. `distanceM` is a straight line: a first sieve, not a travel time. */
export type UnitChoice = UnitRow & { status: UnitStatus; distanceM: number | undefined; isOrdered: boolean };

const readiness: Record<UnitStatus, number> = { available: 0, returning: 1, onScene: 2, enRoute: 2, dispatched: 2, offDuty: 3 };

/** Ordered ones first, then the free ones by distance, then the busy and those off duty. */
export function sortUnits(units: readonly UnitChoice[]): UnitChoice[] {
  return units.toSorted(
    (a, b) =>
      Number(b.isOrdered) - Number(a.isOrdered) ||
      readiness[a.status] - readiness[b.status] ||
      (a.distanceM ?? Infinity) - (b.distanceM ?? Infinity) ||
      a.name.localeCompare(b.name),
  );
}
