import type { UnitStatus } from '../../../shared/base/values.ts';
import type { Unit } from '../../../shared/county/county.ts';
import type { IncidentType } from '../../../shared/incidents/incident.ts';
import type { UnitRow } from '../../client/mergeStream.ts';

/**
 * A response unit that can be chosen for an incident. `distanceM` is measured in a straight line, which is good enough
 * to sort the choices but is not a travel time.
 */
export type UnitChoice = UnitRow & { status: UnitStatus; distanceM: number | undefined; isOrdered: boolean };

const readiness: Record<UnitStatus, number> = {
  available: 0,
  returning: 1,
  onScene: 2,
  enRoute: 2,
  dispatched: 2,
  accepted: 2,
  offDuty: 3,
};

/** The kinds of units that are called first for each type of incident. */
const kindsFor: Record<IncidentType, readonly Unit['kind'][]> = {
  crash: ['police', 'ambulance', 'fire', 'tow'],
  stalledVehicle: ['tow', 'police'],
  debris: ['roadCrew', 'police'],
  congestion: ['police'],
  transit: ['police', 'tow'],
  powerOutage: ['lineCrew'],
  waterMain: ['waterCrew', 'roadCrew'],
  leak: ['waterCrew'],
  meter: ['lineCrew', 'waterCrew'],
  sensor: ['roadCrew'],
  citizen: ['police', 'fire'],
  other: [],
};

/**
 * Sorts the units: ordered ones first, then the free ones of a fitting kind by distance, then the other free ones, the
 * busy ones and those off duty.
 */
export function sortUnits(units: readonly UnitChoice[], type: IncidentType): UnitChoice[] {
  const fits = ({ kind }: UnitChoice): boolean => kindsFor[type].includes(kind);
  return units.toSorted(
    (a, b) =>
      Number(b.isOrdered) - Number(a.isOrdered) ||
      readiness[a.status] - readiness[b.status] ||
      Number(fits(b)) - Number(fits(a)) ||
      (a.distanceM ?? Infinity) - (b.distanceM ?? Infinity) ||
      a.name.localeCompare(b.name),
  );
}
