import type { UnitStatus } from '../base/values.ts';
import type { Engagement } from './incident.ts';

/**
 * The state of a unit's engagement after it reported a status, or undefined where the report changes nothing. A unit
 * that reports `available` right after the order has not received the order yet.
 */
export function engagementAfter(state: Engagement['state'], status: UnitStatus): Engagement['state'] | undefined {
  if (state === 'left') return undefined;
  switch (status) {
    case 'dispatched':
      return undefined;
    case 'accepted':
      return state === 'ordered' ? 'accepted' : undefined;
    case 'enRoute':
      return state === 'ordered' || state === 'accepted' ? 'enRoute' : undefined;
    case 'onScene':
      return state === 'ordered' || state === 'accepted' || state === 'enRoute' ? 'onScene' : undefined;
    case 'available':
      return state === 'ordered' ? undefined : 'left';
    case 'returning':
    case 'offDuty':
      return 'left';
  }
}

/** Whether the unit is still counted as working for the incident. */
export const isEngaged = ({ state }: Engagement): boolean =>
  state === 'ordered' || state === 'accepted' || state === 'enRoute' || state === 'onScene';

/** The fields of an incident that follow from the engagements of its units. */
export const engaged = (engagements: Engagement[]): { engagements: Engagement[]; unitIds: string[] } => ({
  engagements,
  unitIds: engagements.filter(isEngaged).map(({ unitId }) => unitId),
});

/** The units of an incident with one of them changed. */
export function withEngagement(
  engagements: readonly Engagement[] | undefined,
  engagement: Engagement,
): { engagements: Engagement[]; unitIds: string[] } {
  return engaged([...(engagements ?? []).filter(({ unitId }) => unitId !== engagement.unitId), engagement]);
}
