import { entryId, orderEntries } from '../../record/logEntry.ts';
import type { LogEntry } from '../../record/logEntry.ts';
import type { RecordEvent } from '../../record/recordEvent.ts';
import { byAuthor, defined, isIncidentEntry } from './change.ts';
import type { Change, EntryOf, EventOf, IncidentEvent } from './change.ts';
import {
  attach,
  closeRoad,
  endAlert,
  endDiversion,
  openRoad,
  setAlert,
  setDiversion,
  setPublicMessage,
  stateOutage,
  withdrawAttachment,
} from './changeEffects.ts';
import { linkAlarm, makeIndependent, makeSecondary, mergeInto, splitOff, unlinkAlarm, unmerge } from './changeKin.ts';
import { changeMilestone, statusOf, withdrawMilestone } from './changeMilestones.ts';
import { changePerson } from './changePerson.ts';
import { askNotification, changeCall, changeCheck, changeNotification } from './changeTasks.ts';
import { changeOrder, changeReport, engaged } from './changeUnits.ts';
import { conflictsOf, withClaims } from './claims.ts';
import type { Claims } from './claims.ts';
import type { Incident } from '../../incidents/incident.ts';

type OpeningEvent = EventOf<'incident.opened' | 'incident.split'>;
/** An incident on the way through its entries. */
type State = { incident: Incident; claims: Claims };
/** A handler of the events of its kind, whichever they are; the key keeps them apart. */
type Changer = (incident: Incident, entry: EntryOf<never>) => Change;

const changers: {
  readonly [K in Exclude<IncidentEvent['kind'], 'incident.opened'>]: (
    incident: Incident,
    entry: EntryOf<EventOf<K>>,
  ) => Change;
} = {
  'incident.acknowledged': (incident, entry) => ({
    fields: { acknowledged: incident.acknowledged ?? byAuthor(entry) },
    text: 'Acknowledged',
  }),
  'incident.edited': changeFacts,
  'incident.noted': (_incident, { event }) => ({ fields: {}, text: event.text }),
  'incident.milestone': changeMilestone,
  'incident.milestoneWithdrawn': withdrawMilestone,
  'incident.resolved': (_incident, { event, atMs }) => ({
    fields: { resolvedAtMs: atMs, outcome: event.outcome },
    text: `Resolved: ${event.outcome}`,
  }),
  'incident.reopened': reopen,
  'incident.reviewed': review,
  'incident.assigned': changePerson,
  'incident.handoverOffered': changePerson,
  'incident.handoverAnswered': changePerson,
  'incident.handoverWithdrawn': changePerson,
  'incident.unitOrdered': changeOrder,
  'incident.unitReported': changeReport,
  'incident.linked': linkAlarm,
  'incident.unlinked': unlinkAlarm,
  'incident.madeSecondary': makeSecondary,
  'incident.madeIndependent': makeIndependent,
  'incident.merged': mergeInto,
  'incident.unmerged': unmerge,
  'incident.split': splitOff,
  'incident.checked': changeCheck,
  'incident.contactCalled': changeCall,
  'incident.notificationAsked': askNotification,
  'incident.notificationBegun': changeNotification,
  'incident.notificationSent': changeNotification,
  'incident.notificationFailed': changeNotification,
  'incident.notificationDone': changeNotification,
  'incident.roadClosed': closeRoad,
  'incident.roadOpened': openRoad,
  'incident.diversionSet': setDiversion,
  'incident.diversionEnded': endDiversion,
  'incident.alertSet': setAlert,
  'incident.alertEnded': endAlert,
  'incident.outageStated': stateOutage,
  'incident.attached': attach,
  'incident.attachmentWithdrawn': withdrawAttachment,
  'incident.publicMessageSet': setPublicMessage,
};

const factNames = { title: 'title', type: 'type', priority: 'priority', place: 'place' } as const;

function changeFacts(
  _incident: Incident,
  { event: { kind: _kind, incidentId: _incidentId, ...fields } }: EntryOf<EventOf<'incident.edited'>>,
): Change {
  const words = Object.entries(factNames).flatMap(([field, name]) =>
    fields[field as keyof typeof factNames] === undefined
      ? []
      : [`${name} ${String(fields[field as keyof typeof factNames])}`],
  );
  const rest = fields.lon === undefined ? [] : ['place on the map'];
  return {
    fields: defined(fields),
    text: `Changed: ${[...words, ...rest, ...(fields.playbook === undefined ? [] : ['playbook'])].join(', ')}`,
  };
}

/** It has been seen by somebody, whatever was so before. */
function reopen(incident: Incident, entry: EntryOf<EventOf<'incident.reopened'>>): Change {
  const fields = {
    resolvedAtMs: undefined,
    outcome: undefined,
    review: undefined,
    acknowledged: incident.acknowledged ?? byAuthor(entry),
  };
  return { fields, text: entry.event.reason === '' ? 'Reopened' : `Reopened: ${entry.event.reason}` };
}

/** A review of one that somebody else has just reopened stays in the log, and closes nothing. */
function review(incident: Incident, entry: EntryOf<EventOf<'incident.reviewed'>>): Change {
  const { wentWell, toImprove, withoutT7 } = entry.event;
  const fields =
    incident.resolvedAtMs === undefined
      ? {}
      : ({ review: defined({ wentWell, toImprove, withoutT7, ...byAuthor(entry) }) } as Change['fields']);
  return { fields, text: `Reviewed and closed. Went well: ${wentWell}. To improve: ${toImprove}` };
}

function opened(id: string, entry: EntryOf<OpeningEvent>): Incident {
  const { event, atMs, author } = entry;
  const { type, priority, title, place, lon, lat, subject, playbook, awareAtMs } = event;
  const isSplit = event.kind === 'incident.split';
  const source = isSplit ? `split from ${event.incidentId}` : awareAtMs === undefined ? 'opening' : 'alarm';
  return {
    id,
    type,
    priority,
    title,
    place,
    ...defined({ lon, lat, subject, playbook }),
    status: 'reported',
    alarmIds: [...new Set(event.alarmIds)],
    ...engaged(isSplit ? event.engagements : []),
    openedAtMs: atMs,
    changedAtMs: atMs,
    milestones: { T1: { atMs: awareAtMs ?? atMs, by: author.name, source } },
    ...(isSplit && { splitFrom: event.incidentId }),
    log: [
      {
        id: entryId(entry),
        atMs,
        actor: author.name,
        kind: event.kind,
        text: isSplit ? `Split from ${event.incidentId}: ${title}` : `Opened: ${title}`,
      },
    ],
  };
}

const isOpening = (entry: EntryOf<IncidentEvent>, id: string): entry is EntryOf<OpeningEvent> =>
  (entry.event.kind === 'incident.opened' && entry.event.incidentId === id) ||
  (entry.event.kind === 'incident.split' && entry.event.newId === id);

/** A unit that is diverted changes the incident that it is taken from too. */
const isAbout = (event: IncidentEvent, id: string): boolean =>
  event.incidentId === id || (event.kind === 'incident.unitOrdered' && event.fromId === id);

/**
 * The state after an entry; one that is about something else, or whose incident was never opened, leaves it as it is.
 */
function afterEntry(id: string, state: State | undefined, entry: LogEntry): State | undefined {
  if (!isIncidentEntry(entry)) return state;
  if (isOpening(entry, id)) return state ?? { incident: opened(id, entry), claims: new Map() };
  if (state === undefined || entry.event.kind === 'incident.opened' || !isAbout(entry.event, id)) return state;
  const { incident } = state;
  const { fields, text } = (changers[entry.event.kind] as Changer)(incident, entry as EntryOf<never>);
  const line = { id: entryId(entry), atMs: entry.atMs, actor: entry.author.name, kind: entry.event.kind, text };
  // Thousands of lines would cost as many copies: the log is the fold's own until it is given away.
  incident.log.push(line);
  return {
    incident: { ...incident, ...fields, changedAtMs: entry.atMs, log: incident.log } as Incident,
    claims: withClaims(state.claims, entry),
  };
}

/** The incidents that an event is about, by id: most are about one. */
export function incidentIdsOf(event: RecordEvent): string[] {
  if (!event.kind.startsWith('incident.')) return [];
  const { incidentId } = event as IncidentEvent;
  if (event.kind === 'incident.split') return [incidentId, event.newId];
  return event.kind === 'incident.unitOrdered' && event.fromId !== undefined && event.fromId !== incidentId
    ? [incidentId, event.fromId]
    : [incidentId];
}

/**
 * The incident that its entries make, in whatever order and however often they come; undefined where none of them opens
 * it. What other incidents say of it (merged ones, secondary ones) is added by `viewIncidents`.
 */
export function foldIncident(id: string, entries: Iterable<LogEntry>): Incident | undefined {
  const state = orderEntries(entries).reduce<State | undefined>(
    (before, entry) => afterEntry(id, before, entry),
    undefined,
  );
  if (state === undefined) return undefined;
  const conflicts = conflictsOf(state.claims);
  return defined({
    ...state.incident,
    status: statusOf(state.incident),
    conflicts: conflicts.length === 0 ? undefined : conflicts,
  });
}
