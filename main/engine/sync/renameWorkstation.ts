import type { Person } from '../../../shared/people/person.ts';
import { RequestError } from '../base/RequestError.ts';
import type { EventLog } from '../log/EventLog.ts';
import type { Membership } from './Membership.ts';

type Options = { log: Pick<EventLog, 'perform'>; membership: Pick<Membership, 'trust' | 'member'> };

/**
 * Gives a workstation of the desk another name, at all workstations. Rejects with a RequestError: notFound, or refused
 * where the workstation was put out, or another one has this name.
 */
export async function renameWorkstation(
  author: Person,
  workstationId: string,
  name: string,
  { log, membership }: Options,
): Promise<void> {
  const member = membership.member(workstationId);
  if (member === undefined) throw new RequestError('notFound', `There is no workstation ${workstationId}.`);
  if (member.upTo !== undefined) throw new RequestError('refused', `${member.name} was put out of the desk.`);
  if (member.name === name) return;
  const isTaken = [...membership.trust.values()].some((each) => each.name === name && each.upTo === undefined);
  if (isTaken) throw new RequestError('refused', `Another workstation is named ${name}. Choose a different name.`);
  await log.perform(author, { kind: 'workstation.renamed', workstationId, name });
}
