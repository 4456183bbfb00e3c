import { incidentReadings } from '../../incidents/commands/readings.ts';
import type { EventReadings } from '../../incidents/commands/readings.ts';
import type { IncidentEntry } from '../../incidents/commands/incidentCommand.ts';
import { incidentCommands } from '../../incidents/commands/incidentCommands.ts';
import type { IncidentEvent } from '../../incidents/commands/incidentCommands.ts';
import { engaged } from '../../incidents/engagement.ts';
import { defined } from '../../incidents/fields.ts';
import type { Incident } from '../../incidents/incident.ts';
import { statusOf } from '../../incidents/statusOf.ts';
import { entryId, orderEntries, workstationOf } from '../../record/logEntry.ts';
import type { LogEntry } from '../../record/logEntry.ts';
import type { RecordEvent } from '../../record/recordEvent.ts';
import { conflictsOf, withClaims } from './claims.ts';
import type { Claims } from './claims.ts';

type EntryOf<E extends RecordEvent> = LogEntry & { event: E };
type OpeningEvent = Extract<IncidentEvent, { kind: 'incident.opened' | 'incident.split' }>;
/** An incident and its claims while its entries are applied. */
type State = { incident: Incident; claims: Claims };

/** An entry in the form that the declarations of the commands read. */
const saidIn = <E extends RecordEvent>(entry: EntryOf<E>): IncidentEntry<E> => ({
  id: entryId(entry),
  atMs: entry.atMs,
  by: entry.author.name,
  workstation: workstationOf(entry.sequence),
  event: entry.event,
});

function opened(id: string, entry: EntryOf<OpeningEvent>): Incident {
  const { event, atMs, author } = entry;
  const { type, priority, title, place, lon, lat, subject, playbook, awareAtMs } = event;
  const isSplit = event.kind === 'incident.split';
  const source = isSplit ? `split from ${event.incidentId}` : awareAtMs === undefined ? 'opening' : 'alarm';
  const incident: Incident = {
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
    log: [],
  };
  const text =
    event.kind === 'incident.split'
      ? `Split from ${event.incidentId}: ${title}`
      : incidentCommands['incident.open'].line(incident, { ...saidIn(entry), event });
  return { ...incident, log: [{ id: entryId(entry), atMs, actor: author.name, kind: event.kind, text }] };
}

const isOpening = (entry: LogEntry, id: string): entry is EntryOf<OpeningEvent> =>
  (entry.event.kind === 'incident.opened' && entry.event.incidentId === id) ||
  (entry.event.kind === 'incident.split' && entry.event.newId === id);

/** Whether an event is about an incident; ordering a unit away from another incident is about that one, too. */
const isAbout = (event: IncidentEvent, id: string): boolean =>
  event.incidentId === id || (event.kind === 'incident.unitOrdered' && event.fromId === id);

/**
 * The state after an entry. An entry about another incident, or about one that was never opened, leaves it as it is.
 */
function afterEntry(id: string, state: State | undefined, entry: LogEntry, readings: EventReadings): State | undefined {
  if (isOpening(entry, id)) return state ?? { incident: opened(id, entry), claims: new Map() };
  const { event, atMs } = entry;
  const reading = readings.get(event.kind);
  if (reading === undefined || state === undefined || event.kind === 'incident.opened') return state;
  if (!isAbout(event as IncidentEvent, id)) return state;
  const { incident } = state;
  // The reading was found by the event's kind, so the event is one that it knows.
  const said = saidIn(entry) as IncidentEntry<never>;
  // The log is extended in place: this function owns it until it returns the incident, and a copy per entry would be
  // costly for thousands of lines.
  incident.log.push({ id: said.id, atMs, actor: said.by, kind: event.kind, text: reading.line(incident, said) });
  return {
    incident: { ...incident, ...reading.change?.(incident, said), changedAtMs: atMs, log: incident.log } as Incident,
    claims: withClaims(state.claims, entry, readings),
  };
}

/** The ids of the incidents that an event is about; most events are about one. */
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
 * it. What other incidents add to it (merged ones, secondary ones) is the task of `viewIncidents`. `readings`: how each
 * event is read, as the declarations of the commands say.
 */
export function foldIncident(
  id: string,
  entries: Iterable<LogEntry>,
  readings: EventReadings = incidentReadings,
): Incident | undefined {
  const state = orderEntries(entries).reduce<State | undefined>(
    (before, entry) => afterEntry(id, before, entry, readings),
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
