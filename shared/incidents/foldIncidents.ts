import { engagementAfter, isEngaged } from './engagement.ts';
import { entryId, orderEntries } from '../record/logEntry.ts';
import type { LogEntry } from '../record/logEntry.ts';
import type { RecordEvent } from '../record/recordEvent.ts';
import type { Engagement, Incident, IncidentStatus, Milestone } from './incident.ts';
import { milestoneNames } from './milestones.ts';

type IncidentEvent = Extract<RecordEvent, { incidentId: string }>;
type EventOf<K extends IncidentEvent['kind']> = Extract<IncidentEvent, { kind: K }>;
/** What an event changes, and the line that it writes into the incident's log. */
type Change = { fields: Partial<Incident>; text: string };
type MilestoneEntry = { atMs: number; by: string; source: string };

/** Marks milestones that a unit's report brought; these never overrule what a person said. */
const UNIT_SOURCE = 'unit ';

const ranks = { reported: 0, acknowledged: 1, verified: 2, dispatched: 3, onScene: 4, restored: 5, resolved: 6 } as const satisfies Record<IncidentStatus, number>;
const statusOfMilestone: { readonly [M in Milestone]?: IncidentStatus } = { T2: 'verified', T3: 'dispatched', T4: 'onScene', T5: 'restored' };

/** The status only ever advances, but for reopening. */
const advanced = (status: IncidentStatus, to: IncidentStatus | undefined): IncidentStatus => (to !== undefined && ranks[to] > ranks[status] ? to : status);

/** The status that the milestones alone give; a reopened incident has been seen by somebody. */
function statusFromMilestones(milestones: Incident['milestones']): IncidentStatus {
  return Object.entries(statusOfMilestone).reduce<IncidentStatus>((status, [milestone, to]) => (milestones[milestone as Milestone] ? advanced(status, to) : status), 'acknowledged');
}

/** First write wins, unless a person corrects it. The last unit to leave is the exception: a later one replaces an earlier one. */
function withMilestone(incident: Incident, milestone: Milestone, entry: MilestoneEntry): Partial<Incident> {
  const known = incident.milestones[milestone];
  const isByUnit = entry.source.startsWith(UNIT_SOURCE);
  const isLaterDeparture = milestone === 'T6' && known?.source.startsWith(UNIT_SOURCE) === true;
  if (known !== undefined && isByUnit && !isLaterDeparture) return {};
  return { milestones: { ...incident.milestones, [milestone]: entry }, status: advanced(incident.status, statusOfMilestone[milestone]) };
}

const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000))} min`;

function changeMilestone(incident: Incident, event: EventOf<'incident.milestone'>, entry: LogEntry): Change {
  const { milestone, atMs, source } = event;
  const known = incident.milestones[milestone];
  const earlierMs = entry.atMs - atMs;
  const when = earlierMs >= 30_000 ? `, ${minutes(earlierMs)} before this entry` : '';
  const fields = withMilestone(incident, milestone, { atMs, by: entry.author.name, source });
  const correction = known === undefined || fields.milestones === undefined ? '' : `; corrects what was given by ${known.by}`;
  return { fields, text: `${milestoneNames[milestone]} (${milestone})${when}${correction}` };
}

function withEngagement(incident: Incident, engagement: Engagement): { engagements: Engagement[]; unitIds: string[] } {
  const others = (incident.engagements ?? []).filter(({ unitId }) => unitId !== engagement.unitId);
  const engagements = [...others, engagement];
  return { engagements, unitIds: engagements.filter(isEngaged).map(({ unitId }) => unitId) };
}

function changeOrder(incident: Incident, { unitId, order }: EventOf<'incident.unitOrdered'>, entry: LogEntry): Change {
  const units = withEngagement(incident, { unitId, state: order === 'go' ? 'ordered' : 'stoodDown', atMs: entry.atMs });
  if (order === 'standDown') return { fields: units, text: `${unitId} stood down` };
  const first = incident.milestones.T3 === undefined ? withMilestone(incident, 'T3', { atMs: entry.atMs, by: entry.author.name, source: `order to ${unitId}` }) : {};
  return { fields: { ...units, ...first }, text: `${unitId} ordered to go` };
}

const unitWords = { dispatched: 'has the order', accepted: 'has accepted', enRoute: 'is on its way', onScene: 'is on scene', returning: 'has left', available: 'is available', offDuty: 'is off duty' } as const;

function changeReport(incident: Incident, { unitId, status, atMs }: EventOf<'incident.unitReported'>): Change {
  const text = `${unitId} ${unitWords[status]}`;
  const known = incident.engagements?.find((engagement) => engagement.unitId === unitId);
  const state = known === undefined ? undefined : engagementAfter(known.state, status);
  if (state === undefined) return { fields: {}, text };
  const units = withEngagement(incident, { unitId, state, atMs });
  const by = { atMs, by: unitId, source: `${UNIT_SOURCE}${unitId}` };
  if (state === 'onScene') return { fields: { ...units, ...withMilestone(incident, 'T4', by) }, text };
  const isLastToLeave = state === 'left' && incident.milestones.T4 !== undefined && units.engagements.every((engagement) => engagement.state === 'left');
  return { fields: { ...units, ...(isLastToLeave && withMilestone(incident, 'T6', by)) }, text };
}

function change(incident: Incident, event: Exclude<IncidentEvent, { kind: 'incident.opened' }>, entry: LogEntry): Change {
  switch (event.kind) {
    case 'incident.acknowledged':
      return { fields: { status: advanced(incident.status, 'acknowledged') }, text: 'Acknowledged' };
    case 'incident.assigned':
      return { fields: { assignee: event.assignee }, text: `Assigned to ${event.assignee}` };
    case 'incident.noted':
      return { fields: {}, text: event.text };
    case 'incident.milestone':
      return changeMilestone(incident, event, entry);
    case 'incident.unitOrdered':
      return changeOrder(incident, event, entry);
    case 'incident.unitReported':
      return changeReport(incident, event);
    case 'incident.linked':
      return { fields: { alarmIds: [...new Set([...incident.alarmIds, event.alarmId])] }, text: 'Another alarm belongs to it' };
    case 'incident.resolved':
      return { fields: { status: 'resolved', resolvedAtMs: entry.atMs, outcome: event.outcome }, text: `Resolved: ${event.outcome}` };
    case 'incident.reopened':
      return { fields: { status: statusFromMilestones(incident.milestones) }, text: `Reopened: ${event.reason}` };
  }
}

function opened({ kind, incidentId, awareAtMs, ...event }: EventOf<'incident.opened'>, entry: LogEntry): Incident {
  const { atMs, author } = entry;
  const aware = awareAtMs === undefined ? { atMs, by: author.name, source: 'opening' } : { atMs: awareAtMs, by: author.name, source: 'alarm' };
  return {
    ...event,
    id: incidentId,
    status: 'reported',
    alarmIds: [...new Set(event.alarmIds)],
    unitIds: [],
    engagements: [],
    openedAtMs: atMs,
    changedAtMs: atMs,
    milestones: { T1: aware },
    log: [{ id: entryId(entry), atMs, actor: author.name, kind, text: `Opened: ${event.title}` }],
  };
}

/** The incident after an entry; one that is about something else, or whose incident was never opened, leaves it as it is (the same object comes back). */
function afterEntry(incident: Incident | undefined, entry: LogEntry): Incident | undefined {
  const { event } = entry;
  if (!('incidentId' in event)) return incident;
  if (event.kind === 'incident.opened') return incident ?? opened(event, entry);
  if (incident === undefined || event.incidentId !== incident.id) return incident;
  const { fields, text } = change(incident, event, entry);
  const next: Incident = { ...incident, ...fields, changedAtMs: entry.atMs, log: [...incident.log, { id: entryId(entry), atMs: entry.atMs, actor: entry.author.name, kind: event.kind, text }] };
  if (event.kind !== 'incident.reopened') return next;
  const { resolvedAtMs: _resolvedAtMs, outcome: _outcome, ...open } = next;
  return open;
}

/** The incident that its entries make, in whatever order and however often they come; undefined where none of them opens it. */
export function foldIncident(entries: Iterable<LogEntry>): Incident | undefined {
  return orderEntries(entries).reduce<Incident | undefined>(afterEntry, undefined);
}
