import type { UnitStatus } from '../../../shared/base/values.ts';
import type { Unit } from '../../../shared/county/county.ts';
import type { Proposal, Recommendation } from '../../../shared/dispatch/recommendation.ts';
import type { IncidentType } from '../../../shared/incidents/incident.ts';
import type { UnitRow } from '../../client/mergeStream.ts';

/**
 * A response unit that can be chosen for an incident. `proposal`: how Beacon recommends it, with its way by road;
 * `against`: why it is not recommended.
 */
export type UnitChoice = UnitRow & { status: UnitStatus; isOrdered: boolean; proposal?: Proposal; against?: string };

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

/** What the recommendation says about each unit. */
export function withAdvice(
  units: readonly Omit<UnitChoice, 'proposal' | 'against'>[],
  advice: Pick<Recommendation, 'proposals' | 'others'> | undefined,
): UnitChoice[] {
  const proposals = new Map(advice?.proposals.map((proposal) => [proposal.unitId, proposal]));
  const reasons = new Map(advice?.others.map(({ unitId, reason }) => [unitId, reason]));
  return units.map((unit) => {
    const [proposal, against] = [proposals.get(unit.id), reasons.get(unit.id)];
    return { ...unit, ...(proposal !== undefined && { proposal }), ...(against !== undefined && { against }) };
  });
}

/**
 * Sorts the units: ordered ones first, then those that are recommended in the order of the recommendation, which is
 * that of the fastest ways by road, then the other free ones with those of a fitting kind first, the busy ones and
 * those off duty.
 */
export function sortUnits(
  units: readonly UnitChoice[],
  type: IncidentType,
  advice?: Pick<Recommendation, 'proposals'>,
): UnitChoice[] {
  const fits = ({ kind }: UnitChoice): boolean => kindsFor[type].includes(kind);
  const rank = new Map(advice?.proposals.map(({ unitId }, index) => [unitId, index]));
  const rankOf = ({ id }: UnitChoice): number => rank.get(id) ?? rank.size;
  return units.toSorted(
    (a, b) =>
      Number(b.isOrdered) - Number(a.isOrdered) ||
      rankOf(a) - rankOf(b) ||
      readiness[a.status] - readiness[b.status] ||
      Number(fits(b)) - Number(fits(a)) ||
      a.name.localeCompare(b.name, 'en', { numeric: true }),
  );
}
