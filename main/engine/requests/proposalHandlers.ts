import { requests } from '../../../shared/contract/contract.ts';
import { may, roleWith } from '../../../shared/people/permissions.ts';
import type { Handlers } from '../base/Handlers.ts';
import type { ProposalService } from '../proposals/ProposalService.ts';
import { RequestError } from '../base/RequestError.ts';

type Incidents = Pick<Handlers, 'incident.open' | 'incident.linkAlarm' | 'incident.merge'>;

/**
 * Answers requests about proposals; what a proposal does to incidents is done in the same way as when a person asks for
 * it.
 */
export function proposalHandlers(
  proposals: ProposalService,
  incidents: Incidents,
): Pick<Handlers, 'proposal.accept' | 'proposal.refuse'> {
  return {
    'proposal.accept': async (input, person) => {
      const incidentId = await proposals.accept(person, input, {
        open: async (author, draft) => (await incidents['incident.open'](draft, author)).incidentId,
        link: async (author, incidentId, alarmId) => {
          await incidents['incident.linkAlarm']({ incidentId, alarmId }, author);
        },
        merge: async (author, incidentId, intoId) => {
          const { needs } = requests['incident.merge'];
          if (!may(author.role, needs))
            throw new RequestError(
              'refused',
              `To merge incidents needs the role ${roleWith(needs)}; ${author.name} is ${author.role}.`,
            );
          await incidents['incident.merge']({ incidentId, intoId, reason: 'Proposed as one incident' }, author);
        },
      });
      return { incidentId };
    },
    'proposal.refuse': async (input, person) => {
      await proposals.refuse(person, input);
      return {};
    },
  };
}
