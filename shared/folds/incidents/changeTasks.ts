import { workstationOf } from '../../record/logEntry.ts';
import type { LogEntry } from '../../record/logEntry.ts';
import type { Incident, IncidentNotification } from '../../incidents/incident.ts';
import { byAuthor, defined, withItem, withoutItem } from './change.ts';
import type { Change, EntryOf, EventOf } from './change.ts';

/** A tick of the check list is set, or taken away. */
export function changeCheck(
  incident: Incident,
  { event: { itemId, text, isDone }, ...entry }: EntryOf<EventOf<'incident.checked'>>,
): Change {
  const checks = isDone
    ? withItem(incident.checks, 'itemId', { itemId, ...byAuthor(entry as LogEntry) })
    : withoutItem(incident.checks, 'itemId', itemId);
  return { fields: { checks }, text: `${isDone ? 'Done' : 'Not done after all'}: ${text}` };
}

const callWords = { reached: 'reached', message: 'left a message', noAnswer: 'no answer' } as const;

/** A contact was called; every call is kept. */
export function changeCall(incident: Incident, entry: EntryOf<EventOf<'incident.contactCalled'>>): Change {
  const { contactId, name, outcome, note } = entry.event;
  const calls = [...(incident.calls ?? []), defined({ contactId, name, outcome, note, ...byAuthor(entry) })];
  return {
    fields: { calls: calls },
    text: `Called ${name}: ${callWords[outcome]}${note === undefined ? '' : `. ${note}`}`,
  };
}

const channelWords = { email: 'by e-mail', webhook: 'by webhook', hand: 'by hand' } as const;

/** Somebody is to be told. Asking twice under one id is asking once. */
export function askNotification(incident: Incident, entry: EntryOf<EventOf<'incident.notificationAsked'>>): Change {
  const { notificationId: id, name, channel, to, subject, text } = entry.event;
  const line = `${name} to be told ${channelWords[channel]}`;
  if (incident.notifications?.some((each) => each.id === id) === true)
    return { fields: {}, text: `${line} (asked already)` };
  const { by, atMs } = byAuthor(entry);
  const asked = defined({
    id,
    name,
    channel,
    to,
    subject,
    text,
    state: channel === 'hand' ? ('byHand' as const) : ('asked' as const),
    attempts: 0,
    askedBy: by,
    askedAtMs: atMs,
    changedAtMs: atMs,
  });
  return { fields: { notifications: [...(incident.notifications ?? []), asked] }, text: line };
}

type NotificationEvent = EventOf<
  | 'incident.notificationBegun'
  | 'incident.notificationSent'
  | 'incident.notificationFailed'
  | 'incident.notificationDone'
>;
type Outcome = { next: { [F in keyof IncidentNotification]?: IncidentNotification[F] | undefined }; text: string };

/** How far it is. What a person did, and what arrived, stays so whatever comes later. */
export function changeNotification(incident: Incident, entry: EntryOf<NotificationEvent>): Change {
  const known = incident.notifications?.find(({ id }) => id === entry.event.notificationId);
  const { next, text } = outcomeOf(known?.name ?? entry.event.notificationId, entry);
  if (known === undefined || known.state === 'done' || (known.state === 'sent' && next.state !== 'done'))
    return { fields: {}, text };
  const changed = defined({
    ...known,
    reason: undefined,
    retryAtMs: undefined,
    ...next,
    changedAtMs: entry.atMs,
  }) as IncidentNotification;
  return {
    fields: { notifications: (incident.notifications ?? []).map((each) => (each === known ? changed : each)) },
    text,
  };
}

function outcomeOf(name: string, entry: EntryOf<NotificationEvent>): Outcome {
  const { event } = entry;
  switch (event.kind) {
    case 'incident.notificationBegun':
      return {
        next: { state: 'sending', attempts: event.attempt, workstation: workstationOf(entry.sequence) },
        text: `Telling ${name}, attempt ${event.attempt}`,
      };
    case 'incident.notificationSent':
      return { next: { state: 'sent', attempts: event.attempt }, text: `${name} told: ${event.answer}` };
    case 'incident.notificationFailed': {
      const state = event.isUncertain ? 'uncertain' : event.retryAtMs === undefined ? 'byHand' : 'retrying';
      const rest = event.isUncertain
        ? 'it may have arrived; ask'
        : event.retryAtMs === undefined
          ? 'to be told by hand'
          : 'will be tried again';
      return {
        next: { state, attempts: event.attempt, reason: event.reason, retryAtMs: event.retryAtMs },
        text: `${name} not told: ${event.reason} (${rest})`,
      };
    }
    case 'incident.notificationDone':
      return {
        next: { state: 'done', doneBy: entry.author.name },
        text: `${name} told by hand${event.note === undefined ? '' : `: ${event.note}`}`,
      };
  }
}
