import type { Engagement } from '../incidents/incident.ts';
import type { UnitStatus } from '../base/values.ts';

/** The statuses of units in words. */
export const unitStatusNames = {
  available: 'available',
  dispatched: 'dispatched',
  accepted: 'accepted',
  enRoute: 'en route',
  onScene: 'on scene',
  returning: 'returning',
  offDuty: 'off duty',
} as const satisfies Record<UnitStatus, string>;

/** How far a unit is with an incident, in words. */
export const engagementNames = {
  ordered: 'ordered',
  accepted: 'accepted',
  enRoute: 'en route',
  onScene: 'on scene',
  stoodDown: 'stood down',
  left: 'left',
} as const satisfies Record<Engagement['state'], string>;
