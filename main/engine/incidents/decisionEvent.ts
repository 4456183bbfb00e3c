import { requests } from '../../../shared/contract/contract.ts';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import { decidingCommand } from '../../../shared/incidents/decisions.ts';
import type { ClaimValue, DecidingCommand } from '../../../shared/incidents/decisions.ts';
import type { Milestone } from '../../../shared/incidents/incident.ts';
import { isAtLeast } from '../../../shared/people/person.ts';
import { RequestError } from '../base/RequestError.ts';
import type { CommandContext, IncidentEvent, Makers } from './commandEvents.ts';

type Makes = Pick<Makers, 'incident.edit' | 'incident.milestone'>;
type Decision = { incidentId: string; field: string; value: ClaimValue; /** The value in words. */ text: string };

const reason = 'Decided between two who did not know of each other';

const decisions: {
  readonly [C in DecidingCommand]: (decision: Decision, context: CommandContext, makes: Makes) => IncidentEvent;
} = {
  'incident.milestone': ({ incidentId, field, value }, context, makes) =>
    makes['incident.milestone']({ incidentId, milestone: field as Milestone, atMs: Number(value) }, context),
  'incident.withdrawMilestone': ({ incidentId, field }) => ({
    kind: 'incident.milestoneWithdrawn',
    incidentId,
    milestone: field as Milestone,
    reason,
  }),
  'incident.edit': ({ incidentId, field, value }, context, makes) =>
    makes['incident.edit']({ incidentId, [field]: value }, context),
  'incident.assign': ({ incidentId, text }) => ({ kind: 'incident.assigned', incidentId, assignee: text }),
  'incident.resolve': ({ incidentId, text }) => ({ kind: 'incident.resolved', incidentId, outcome: text }),
  'incident.reopen': ({ incidentId }) => ({ kind: 'incident.reopened', incidentId, reason }),
  'incident.stateOutage': ({ incidentId, value }) => ({
    kind: 'incident.outageStated',
    incidentId,
    customers: Number(value),
    source: 'operator',
  }),
  'incident.setPublicMessage': ({ incidentId, value, text }, { incident: { publicMessage } }) => {
    if (value === null)
      return { kind: 'incident.publicMessageSet', incidentId, text: publicMessage?.text ?? '', state: 'withdrawn' };
    // What was withdrawn meanwhile is not released by this.
    return {
      kind: 'incident.publicMessageSet',
      incidentId,
      text,
      state: publicMessage?.state === 'released' ? 'released' : 'draft',
    };
  },
  'incident.merge': ({ incidentId, text }, { get }) => {
    if (get(text) === undefined) throw new RequestError('refused', `There is no incident ${text}.`);
    return { kind: 'incident.merged', incidentId, intoId: text, reason };
  },
  'incident.unmerge': ({ incidentId }) => ({ kind: 'incident.unmerged', incidentId, reason }),
  'incident.makeSecondary': ({ incidentId, text }) => ({ kind: 'incident.madeSecondary', incidentId, primaryId: text }),
  'incident.makeIndependent': ({ incidentId }) => ({ kind: 'incident.madeIndependent', incidentId }),
};

/**
 * The event that settles a conflict for one of its claims. It says anew what that claim said and is written by somebody
 * who has seen all of them, whether it changes anything or not. Throws a RequestError where there is no such claim, or
 * the person may not say such a thing.
 */
export function decisionEvent(
  { incidentId, field, value }: RequestInput<'incident.decide'>,
  context: CommandContext,
  makes: Makes,
): IncidentEvent {
  const { incident, author } = context;
  const command = decidingCommand(field, value);
  const isClaimed =
    incident.conflicts?.some(
      (conflict) => conflict.field === field && conflict.claims.some((claim) => claim.value === value),
    ) ?? false;
  if (command === undefined || !isClaimed)
    throw new RequestError('refused', `This is no longer disputed in ${incidentId}.`);
  const least = requests[command].role;
  if (!isAtLeast(author.role, least))
    throw new RequestError('refused', `This needs the role ${least}; ${author.name} is ${author.role}.`);
  return decisions[command]({ incidentId, field, value, text: String(value) }, context, makes);
}
