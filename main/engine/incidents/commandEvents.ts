import type { RequestInput, RequestName } from '../../../shared/contract/contract.ts';
import { needsReopenReason } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { milestoneConflict } from '../../../shared/incidents/milestones.ts';
import type { Person } from '../../../shared/people/person.ts';
import { isAtLeast } from '../../../shared/people/person.ts';
import { fillTemplate } from '../../../shared/incidents/fillTemplate.ts';
import type { TemplateFacts } from '../../../shared/incidents/fillTemplate.ts';
import type { Playbook } from '../../../shared/incidents/playbook.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import { RequestError } from '../base/RequestError.ts';
import { decisionEvent } from './decisionEvent.ts';

/** Commands that become one event each; the others are in IncidentCommands. */
export type PlainCommand = Exclude<
  Extract<RequestName, `incident.${string}`>,
  'incident.open' | 'incident.split' | 'incident.attach' | 'incident.orderUnit' | 'incident.get'
>;
export type IncidentEvent = Extract<RecordEvent, { kind: `incident.${string}` }>;

/** What a command is checked against. */
export type CommandContext = {
  nowMs: number;
  author: Person;
  /** The incident as people see it. */
  incident: Incident;
  /** Another one. */
  get: (id: string) => Incident | undefined;
  /** The id of the one that has a thing of its own: the incident itself, or one that was merged into it. */
  holderOf: (has: (own: Incident) => boolean) => string | undefined;
  playbookOf: (type: Incident['type']) => Playbook;
  linkName: (linkId: string) => string | undefined;
  facts: (incident: Incident) => TemplateFacts;
};

const refuse = (message: string): never => {
  throw new RequestError('refused', message);
};

export type Makers = {
  readonly [N in PlainCommand]: (input: RequestInput<N>, context: CommandContext) => IncidentEvent;
};

/**
 * The event that a command becomes. Each throws a RequestError, `refused` with the reason, where it is not possible
 * now.
 */
export const commandEvents: Makers = {
  'incident.acknowledge': ({ incidentId }) => ({ kind: 'incident.acknowledged', incidentId }),
  'incident.edit': edited,
  'incident.note': (input) => ({ kind: 'incident.noted', ...input }),
  'incident.milestone': milestone,
  'incident.withdrawMilestone': (input, { incident, holderOf }) => {
    if (incident.milestones[input.milestone] === undefined) refuse(`${input.milestone} is not known.`);
    return {
      kind: 'incident.milestoneWithdrawn',
      ...input,
      incidentId: holderOf((own) => own.milestones[input.milestone] !== undefined) ?? input.incidentId,
    };
  },
  'incident.resolve': (input) => ({ kind: 'incident.resolved', ...input }),
  'incident.decide': (input, context) => decisionEvent(input, context, commandEvents),
  'incident.reopen': (input, { incident, nowMs, author }) => {
    if (incident.review !== undefined && !isAtLeast(author.role, 'supervisor'))
      refuse(`${incident.id} has been reviewed and closed; only a supervisor reopens it.`);
    if (input.reason === '' && (incident.review !== undefined || needsReopenReason(incident, nowMs)))
      refuse('Say why it is reopened: its end is more than five minutes ago.');
    return { kind: 'incident.reopened', ...input };
  },
  'incident.review': (input, { incident }) => {
    if (incident.milestones.T7 === undefined && input.withoutT7 === undefined)
      refuse('Give the time when all was normal again (T7), or say why nobody knows it.');
    return { kind: 'incident.reviewed', ...input };
  },
  'incident.assign': ({ incidentId, assignee, expected }, { incident }) => {
    const now = incident.assignee ?? null;
    if (now !== expected) refuse(`${now ?? 'Nobody'} has ${incident.id} now.`);
    if (now === assignee && incident.conflicts?.some(({ field }) => field === 'assignee') !== true)
      refuse(`${assignee} has ${incident.id} already.`);
    return { kind: 'incident.assigned', incidentId, assignee };
  },
  'incident.offerHandover': (input, { incident }) => {
    if (incident.assignee === input.to) refuse(`${input.to} has ${incident.id} already.`);
    return { kind: 'incident.handoverOffered', ...input };
  },
  'incident.answerHandover': (input, { incident, author }) => {
    const offer = standing(incident, input.offer);
    if (offer.to !== author.name && !input.isAccepted) refuse(`It is offered to ${offer.to}.`);
    return { kind: 'incident.handoverAnswered', ...input, to: author.name };
  },
  'incident.withdrawHandover': (input, { incident }) => ({
    kind: 'incident.handoverWithdrawn',
    ...input,
    offer: standing(incident, input.offer).offer,
  }),
  'incident.linkAlarm': (input) => ({ kind: 'incident.linked', ...input }),
  'incident.unlinkAlarm': (input, { holderOf }) => ({
    kind: 'incident.unlinked',
    ...input,
    incidentId: holderOf((own) => own.alarmIds.includes(input.alarmId)) ?? refuse('This alarm does not belong to it.'),
  }),
  'incident.makeSecondary': (input, { incident, get }) => {
    const primary = known(get, input.primaryId);
    if (primary.id === incident.id) refuse('An incident cannot be secondary to itself.');
    if (primary.primaryId === incident.id) refuse(`${primary.id} is a secondary incident of ${incident.id}.`);
    return { kind: 'incident.madeSecondary', ...input };
  },
  'incident.makeIndependent': ({ incidentId }, { incident }) =>
    incident.primaryId === undefined
      ? refuse(`${incident.id} is no secondary incident.`)
      : { kind: 'incident.madeIndependent', incidentId },
  'incident.merge': (input, { incident, get }) => {
    const into = known(get, input.intoId);
    if (into.id === incident.id) refuse('An incident cannot be merged into itself.');
    if (into.mergedInto !== undefined) refuse(`${into.id} is a part of ${into.mergedInto}. Merge into that.`);
    if (into.review !== undefined) refuse(`${into.id} has been reviewed and closed.`);
    return { kind: 'incident.merged', ...input };
  },
  'incident.unmerge': (input) => ({ kind: 'incident.unmerged', ...input }),
  'incident.check': (input, { incident }) => {
    const item =
      incident.playbook?.checkList.find(({ id }) => id === input.itemId) ?? refuse('The check list has no such item.');
    return { kind: 'incident.checked', ...input, text: item.text };
  },
  'incident.callContact': (input, { incident }) => {
    const contact =
      incident.playbook?.contacts.find(({ id }) => id === input.contactId) ?? refuse('There is no such contact.');
    return { kind: 'incident.contactCalled', ...input, name: contact.name };
  },
  'incident.notify': notificationAsked,
  'incident.notificationDone': (input, { incident, holderOf }) => {
    const notification =
      incident.notifications?.find(({ id }) => id === input.notificationId) ?? refuse('There is no such notification.');
    if (notification.state === 'sent' || notification.state === 'done')
      refuse(`${notification.name} has been told already.`);
    return {
      kind: 'incident.notificationDone',
      ...input,
      incidentId:
        holderOf((own) => own.notifications?.some(({ id }) => id === input.notificationId) ?? false) ??
        input.incidentId,
    };
  },
  'incident.closeRoad': (input, { linkName }) => ({
    kind: 'incident.roadClosed',
    ...input,
    name: linkName(input.linkId) ?? refuse('The county has no such link.'),
  }),
  'incident.openRoad': ({ linkId }, { incident, holderOf }) => {
    const closure = incident.closures?.find((each) => each.linkId === linkId) ?? refuse('It is not closed.');
    return {
      kind: 'incident.roadOpened',
      linkId,
      name: closure.name,
      incidentId: holderOf((own) => own.closures?.some((each) => each.linkId === linkId) ?? false) ?? incident.id,
    };
  },
  'incident.setDiversion': (input) => ({ kind: 'incident.diversionSet', ...input }),
  'incident.endDiversion': (input, { holderOf }) => ({
    kind: 'incident.diversionEnded',
    ...input,
    incidentId:
      holderOf((own) => own.diversions?.some(({ id }) => id === input.diversionId) ?? false) ??
      refuse('There is no such diversion.'),
  }),
  'incident.setAlert': (input) => ({ kind: 'incident.alertSet', ...input }),
  'incident.endAlert': (input, { holderOf }) => ({
    kind: 'incident.alertEnded',
    ...input,
    incidentId:
      holderOf((own) => own.alerts?.some(({ id }) => id === input.alertId) ?? false) ??
      refuse('There is no such service alert.'),
  }),
  'incident.stateOutage': (input) => ({ kind: 'incident.outageStated', ...input, source: 'operator' }),
  'incident.withdrawAttachment': (input, { holderOf }) => ({
    kind: 'incident.attachmentWithdrawn',
    ...input,
    incidentId:
      holderOf((own) => own.attachments?.some(({ hash }) => hash === input.hash) ?? false) ??
      refuse('There is no such attachment.'),
  }),
  'incident.setPublicMessage': (input) => ({ kind: 'incident.publicMessageSet', ...input }),
};

const known = (get: CommandContext['get'], id: string): Incident => get(id) ?? refuse(`There is no incident ${id}.`);

function standing({ handover }: Incident, offer: string): NonNullable<Incident['handover']> {
  if (handover?.offer !== offer) throw new RequestError('refused', 'This offer no longer stands.');
  return handover;
}

/** Another type is another playbook: what is asked of people changes with it, and what is ticked stays. */
function edited(input: RequestInput<'incident.edit'>, { incident, playbookOf }: CommandContext): IncidentEvent {
  const changes = Object.fromEntries(
    Object.entries(input).filter(
      ([name, value]) => name !== 'incidentId' && value !== undefined && value !== incident[name as keyof Incident],
    ),
  );
  const isDisputed = (name: string): boolean => incident.conflicts?.some(({ field }) => field === name) ?? false;
  const kept = Object.fromEntries(
    Object.entries(input).filter(([name, value]) => value !== undefined && isDisputed(name)),
  );
  if (Object.keys(changes).length === 0 && Object.keys(kept).length === 0) refuse('Nothing is changed by this.');
  const isOtherType = input.type !== undefined && input.type !== incident.type;
  return {
    kind: 'incident.edited',
    ...changes,
    ...kept,
    ...(isOtherType && { playbook: playbookOf(input.type ?? incident.type) }),
    incidentId: input.incidentId,
  };
}

function milestone(input: RequestInput<'incident.milestone'>, { incident, nowMs }: CommandContext): IncidentEvent {
  const takenAtMs = input.atMs ?? nowMs;
  if (takenAtMs > nowMs) refuse('A milestone cannot lie in the future.');
  const conflict = milestoneConflict(incident.milestones, input.milestone, takenAtMs);
  if (conflict !== undefined) refuse(conflict);
  return {
    kind: 'incident.milestone',
    incidentId: incident.id,
    milestone: input.milestone,
    atMs: takenAtMs,
    source: 'operator',
  };
}

/** Asked once more it has an id of its own. */
function notificationAsked(
  { incidentId, itemId, subject, text }: RequestInput<'incident.notify'>,
  { incident, facts }: CommandContext,
): IncidentEvent {
  const item =
    incident.playbook?.notifications.find(({ id }) => id === itemId) ??
    refuse('The playbook has no such notification.');
  const earlier = incident.notifications?.filter(({ id }) => id === itemId || id.startsWith(`${itemId}#`)) ?? [];
  const open = earlier.find(({ state }) => state === 'asked' || state === 'sending' || state === 'retrying');
  if (open !== undefined) refuse(`${item.name} is being told already.`);
  const notificationId = earlier.length === 0 ? itemId : `${itemId}#${earlier.length + 1}`;
  const filled = facts(incident);
  return {
    kind: 'incident.notificationAsked',
    incidentId,
    notificationId,
    name: item.name,
    channel: item.channel,
    ...(item.to !== undefined && { to: item.to }),
    subject: subject ?? fillTemplate(item.subject, filled),
    text: text ?? fillTemplate(item.text, filled),
  };
}
