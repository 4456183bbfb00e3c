import { milestoneSchema } from './incident.ts';
import type { Conflict } from './incident.ts';

export type ClaimValue = Conflict['claims'][number]['value'];

export type DecidingCommand =
  `incident.${'milestone' | 'withdrawMilestone' | 'assign' | 'edit' | 'resolve' | 'reopen' | 'stateOutage' | 'setPublicMessage' | 'merge' | 'unmerge' | 'makeSecondary' | 'makeIndependent'}`;

/**
 * The command that says of a field what a claim says of it: who may give that one may decide for the claim. Undefined
 * for what is no claim of a field that people can dispute.
 */
export function decidingCommand(field: string, value: ClaimValue): DecidingCommand | undefined {
  if (milestoneSchema.safeParse(field).success)
    return value === null ? 'incident.withdrawMilestone' : 'incident.milestone';
  switch (field) {
    case 'assignee':
      return 'incident.assign';
    case 'title':
    case 'type':
    case 'priority':
    case 'place':
      return 'incident.edit';
    case 'end':
      return value === null ? 'incident.reopen' : 'incident.resolve';
    case 'customers':
      return 'incident.stateOutage';
    case 'publicMessage':
      return 'incident.setPublicMessage';
    case 'mergedInto':
      return value === null ? 'incident.unmerge' : 'incident.merge';
    case 'primaryId':
      return value === null ? 'incident.makeIndependent' : 'incident.makeSecondary';
    default:
      return undefined;
  }
}
