import { z } from 'zod';
import { text } from '../../commands/declare.ts';
import { defined } from '../fields.ts';
import { fillTemplate } from '../fillTemplate.ts';
import type { Incident, IncidentNotification } from '../incident.ts';
import {
  about,
  byAuthor,
  id,
  incidentCommand,
  incidentRef,
  ownEvent,
  untilClosed,
  whileOpen,
} from './incidentCommand.ts';
import type { CommandContext, IncidentChange } from './incidentCommand.ts';

const notifyInput = z.object({
  ...incidentRef,
  itemId: id,
  subject: text(300).optional(),
  text: text(4000).optional(),
});
const askedEvent = z.object({
  kind: z.literal('incident.notificationAsked'),
  ...about,
  notificationId: z.string(),
  name: z.string(),
  channel: z.enum(['email', 'webhook', 'hand']),
  to: z.string().optional(),
  subject: z.string(),
  text: z.string(),
});
const channelWords = { email: 'by e-mail', webhook: 'by webhook', hand: 'by hand' } as const;

/** A notification that is asked for once more has an id of its own. */
function asked(
  { incidentId, itemId, subject, text: words }: z.infer<typeof notifyInput>,
  { incident, facts, refuse }: CommandContext,
): Omit<z.infer<typeof askedEvent>, 'kind'> {
  const item =
    incident.playbook?.notifications.find((each) => each.id === itemId) ??
    refuse('The playbook has no such notification.');
  const earlier =
    incident.notifications?.filter((each) => each.id === itemId || each.id.startsWith(`${itemId}#`)) ?? [];
  const open = earlier.find(({ state }) => state === 'asked' || state === 'sending' || state === 'retrying');
  if (open !== undefined) refuse(`${item.name} is being told already.`);
  const notificationId = earlier.length === 0 ? itemId : `${itemId}#${earlier.length + 1}`;
  const filled = facts(incident);
  return {
    incidentId,
    notificationId,
    name: item.name,
    channel: item.channel,
    ...(item.to !== undefined && { to: item.to }),
    subject: subject ?? fillTemplate(item.subject, filled),
    text: words ?? fillTemplate(item.text, filled),
  };
}

const find = ({ notifications }: Incident, notificationId: string): IncidentNotification | undefined =>
  notifications?.find((each) => each.id === notificationId);
const nameOf = (incident: Incident, notificationId: string): string =>
  find(incident, notificationId)?.name ?? notificationId;

/** Changes the state of a notification. What a person did, and what arrived, stays as it is whatever comes later. */
function changeNotification(
  incident: Incident,
  notificationId: string,
  changedAtMs: number,
  next: { [F in keyof IncidentNotification]?: IncidentNotification[F] | undefined },
): IncidentChange {
  const known = find(incident, notificationId);
  if (known === undefined || known.state === 'done' || (known.state === 'sent' && next.state !== 'done')) return {};
  const changed = defined({
    ...known,
    reason: undefined,
    retryAtMs: undefined,
    ...next,
    changedAtMs,
  }) as IncidentNotification;
  return { notifications: (incident.notifications ?? []).map((each) => (each === known ? changed : each)) };
}

/** The commands for notifying somebody outside the control room. */
export const notificationCommands = {
  /**
   * Notifies somebody, as the playbook's item says or in other words. What can be sent without a person is sent by the
   * leading workstation. Asking twice under one id is the same as asking once.
   */
  'incident.notify': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: notifyInput,
    event: askedEvent,
    isOwnToo: true,
    toEvent: asked,
    change: (incident, entry) => {
      const { notificationId, name, channel, to, subject, text: words } = entry.event;
      if (find(incident, notificationId) !== undefined) return {};
      const { by, atMs } = byAuthor(entry);
      const notification = defined({
        id: notificationId,
        name,
        channel,
        to,
        subject,
        text: words,
        state: channel === 'hand' ? ('byHand' as const) : ('asked' as const),
        attempts: 0,
        askedBy: by,
        askedAtMs: atMs,
        changedAtMs: atMs,
      });
      return { notifications: [...(incident.notifications ?? []), notification] };
    },
    line: (incident, { event: { notificationId, name, channel } }) =>
      `${name} to be told ${channelWords[channel]}${find(incident, notificationId) === undefined ? '' : ' (asked already)'}`,
  }),
  'incident.notificationDone': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, notificationId: id, note: text(1000).optional() }),
    event: z.object({
      kind: z.literal('incident.notificationDone'),
      ...about,
      notificationId: z.string(),
      note: z.string().optional(),
    }),
    toEvent: (input, { incident, holderOf, refuse }) => {
      const notification = find(incident, input.notificationId) ?? refuse('There is no such notification.');
      if (notification.state === 'sent' || notification.state === 'done')
        refuse(`${notification.name} has been told already.`);
      return {
        ...input,
        incidentId: holderOf((own) => find(own, input.notificationId) !== undefined) ?? input.incidentId,
      };
    },
    change: (incident, { event, by, atMs }) =>
      changeNotification(incident, event.notificationId, atMs, { state: 'done', doneBy: by }),
    line: (incident, { event: { notificationId, note } }) =>
      `${nameOf(incident, notificationId)} told by hand${note === undefined ? '' : `: ${note}`}`,
  }),
} as const;

const attempt = { notificationId: z.string(), attempt: z.number().int() };

/** The events about the sending of a notification. */
export const notificationEvents = {
  /** Written before anything is handed over, so that nothing is handed over twice. */
  begun: ownEvent({
    event: z.object({ kind: z.literal('incident.notificationBegun'), ...about, ...attempt }),
    change: (incident, { event, atMs, workstation }) =>
      changeNotification(incident, event.notificationId, atMs, {
        state: 'sending',
        attempts: event.attempt,
        workstation,
      }),
    line: (incident, { event }) => `Telling ${nameOf(incident, event.notificationId)}, attempt ${event.attempt}`,
  }),
  sent: ownEvent({
    event: z.object({ kind: z.literal('incident.notificationSent'), ...about, ...attempt, answer: z.string() }),
    change: (incident, { event, atMs }) =>
      changeNotification(incident, event.notificationId, atMs, { state: 'sent', attempts: event.attempt }),
    line: (incident, { event }) => `${nameOf(incident, event.notificationId)} told: ${event.answer}`,
  }),
  /**
   * `retryAtMs`: when it is tried again; where it is absent, a person has to take care of it. `isUncertain`: the
   * notification may have arrived.
   */
  failed: ownEvent({
    event: z.object({
      kind: z.literal('incident.notificationFailed'),
      ...about,
      ...attempt,
      reason: z.string(),
      retryAtMs: z.number().optional(),
      isUncertain: z.boolean(),
    }),
    change: (incident, { event: { notificationId, attempt: attempts, reason, retryAtMs, isUncertain }, atMs }) =>
      changeNotification(incident, notificationId, atMs, {
        state: isUncertain ? 'uncertain' : retryAtMs === undefined ? 'byHand' : 'retrying',
        attempts,
        reason,
        retryAtMs,
      }),
    line: (incident, { event: { notificationId, reason, retryAtMs, isUncertain } }) => {
      const rest = retryAtMs === undefined ? 'to be told by hand' : 'will be tried again';
      const next = isUncertain ? 'it may have arrived; ask' : rest;
      return `${nameOf(incident, notificationId)} not told: ${reason} (${next})`;
    },
  }),
} as const;
