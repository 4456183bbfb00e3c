import type { Handlers } from '../live/Session.ts';
import type { ProposalDesk } from '../proposals/ProposalDesk.ts';
import { RequestError } from '../RequestError.ts';

type Incidents = Pick<Handlers, 'incident.open' | 'incident.linkAlarm'>;

/** Answers to proposals; what they do to incidents is done as if a person had asked for it. */
export function proposalHandlers(proposals: ProposalDesk, incidents: Incidents): Pick<Handlers, 'proposal.accept' | 'proposal.refuse'> {
  return {
    'proposal.accept': async (input, person) => {
      const incidentId = await proposals.accept(person, input, {
        open: async (author, draft) => (await incidents['incident.open'](draft, author)).incidentId,
        link: async (author, incidentId, alarmId) => {
          await incidents['incident.linkAlarm']({ incidentId, alarmId }, author);
        },
        merge: () => Promise.reject(new RequestError('refused', 'Incidents cannot be merged yet.')),
      });
      return { incidentId };
    },
    'proposal.refuse': async (input, person) => {
      await proposals.refuse(person, input);
      return {};
    },
  };
}
