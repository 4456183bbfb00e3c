import type { CountyMs } from '../../../shared/base/clock.ts';
import type { citizenCommands } from '../../../shared/citizens/commands/citizenCommands.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import type { Handlers } from '../base/Handlers.ts';
import { RequestError } from '../base/RequestError.ts';
import type { ApiKeys } from '../portal/ApiKeys.ts';
import type { PageMarks } from '../portal/PageMarks.ts';
import type { PublicationPolicies } from '../portal/PublicationPolicies.ts';
import { serviceFigures } from '../portal/serviceFigures.ts';
import type { ServiceRequests } from '../portal/ServiceRequests.ts';

type Sources = {
  requests: ServiceRequests;
  policies: PublicationPolicies;
  keys: ApiKeys;
  pageMarks: PageMarks;
  nowMs: () => CountyMs;
  incidentOf: (id: string) => Incident | undefined;
};

/** Answers requests about what citizens report, and about what they are shown. */
export function citizenHandlers({
  requests,
  policies,
  keys,
  pageMarks,
  nowMs,
  incidentOf,
}: Sources): Pick<Handlers, keyof typeof citizenCommands> {
  return {
    'serviceRequest.answer': async (input, person) => {
      await requests.answer(person, input);
      return {};
    },
    'serviceRequest.link': async (input, person) => {
      if (incidentOf(input.incidentId) === undefined)
        throw new RequestError('notFound', `There is no incident ${input.incidentId}.`);
      await requests.link(person, input);
      return {};
    },
    'serviceRequest.release': async (input, person) => {
      await requests.release(person, input);
      return {};
    },
    'publication.policy': () => ({ policy: policies.policy }),
    'publication.setPolicy': async ({ subject, mode }, person) => {
      await policies.set(person, subject, mode);
      return {};
    },
    'service.figures': (span) => serviceFigures(requests.all(), pageMarks.all(), span, nowMs()),
    'apiKey.list': () => ({ keys: keys.list() }),
    'apiKey.issue': ({ label }, person) => keys.issue(person, label),
    'apiKey.revoke': async ({ keyId }, person) => {
      await keys.revoke(person, keyId);
      return {};
    },
  };
}
