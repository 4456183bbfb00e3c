import type { RequestInput, RequestName } from '../../../shared/contract.ts';
import { FUTURE_TOLERANCE_MS } from '../../../shared/clock.ts';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { IncidentAction } from '../../../shared/incidents/allowedActions.ts';
import { engagementAfter } from '../../../shared/incidents/engagement.ts';
import { foldIncident } from '../../../shared/incidents/foldIncidents.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { milestoneConflict } from '../../../shared/incidents/milestones.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import type { Person } from '../../../shared/people/person.ts';
import { isUsable } from '../../../shared/quality.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import type { UnitReport } from '../../../shared/values.ts';
import type { DispatchMessage } from '../../../shared/wire/topics.ts';
import type { DeskLog } from '../record/DeskLog.ts';
import { RequestError } from '../RequestError.ts';
import { nextIncidentId } from './nextIncidentId.ts';

/** Commands on an incident that is there already. */
type IncidentCommand = Exclude<Extract<RequestName, `incident.${string}`>, 'incident.open'>;

type IncidentDeskOptions = {
  log: DeskLog;
  nowMs: () => number;
  /** IANA name: numbers of incidents begin anew each local day. */
  timeZone: string;
  sendDispatch: (unitId: string, message: DispatchMessage) => void;
};

/** Resolved incidents that screens are given; all of them stay in the record. */
const RESOLVED_SHOWN = 200;

/**
 * Holds the present incidents and takes people's commands on them. A command is checked, written to the record, and only when it is durable there does it
 * change what everybody sees and resolve. Commands run one after the other, so that each is checked against what the one before did.
 */
export class IncidentDesk {
  readonly #options: IncidentDeskOptions;
  readonly #entries = new Map<string, LogEntry[]>();
  readonly #incidents = new Map<string, Incident>();
  readonly #acknowledgedAlarms = new Set<string>();
  /** Ids of incidents that a unit was ordered to and has not left: the only ones that reports of units concern. */
  readonly #awaited = new Set<string>();
  readonly #listeners = new Set<(changed: Incident[]) => void>();
  #queue: Promise<unknown> = Promise.resolve();

  /** Knows what the log tells it from then on: the log is loaded when all who listen are there. */
  constructor(options: IncidentDeskOptions) {
    this.#options = options;
    options.log.onEntries((entries) => this.#take(entries));
  }

  /** All that are not resolved, and the newest that are; newest first. */
  incidents(): Incident[] {
    const newestFirst = [...this.#incidents.values()].sort((a, b) => b.openedAtMs - a.openedAtMs || (a.id < b.id ? 1 : -1));
    const resolved = newestFirst.filter(({ status }) => status === 'resolved').slice(0, RESOLVED_SHOWN);
    const shown = new Set(resolved);
    return newestFirst.filter((incident) => incident.status !== 'resolved' || shown.has(incident));
  }

  get(id: string): Incident | undefined {
    return this.#incidents.get(id);
  }

  /** Ids of all alarms that a person ever acknowledged. */
  acknowledgedAlarms(): ReadonlySet<string> {
    return this.#acknowledgedAlarms;
  }

  /** Calls the listener with the incidents that changed, after each change; returns what ends it. */
  onChange(listener: (changed: Incident[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens an incident and returns its id. `awareAtMs` is when its first alarm was raised, where it has one. */
  open(author: Person, input: RequestInput<'incident.open'>, awareAtMs?: number): Promise<string> {
    return this.#inTurn(async () => {
      const incidentId = nextIncidentId(this.#incidents.keys(), this.#options.nowMs(), this.#options.timeZone);
      await this.#append(author, { kind: 'incident.opened', incidentId, ...input, ...(awareAtMs !== undefined && { awareAtMs }) });
      return incidentId;
    });
  }

  /** Carries out a command. Rejects with a RequestError: notFound, refused with the reason, or unavailable when the record cannot be written. */
  run<N extends IncidentCommand>(author: Person, name: N, input: RequestInput<N>): Promise<Record<string, never>> {
    return this.#inTurn(async () => {
      const command = { name, input } as AnyCommand;
      const incident = this.#incidents.get(input.incidentId);
      if (incident === undefined) throw new RequestError('notFound', `There is no incident ${input.incidentId}.`);
      const event = this.#eventOf(incident, command);
      // Nobody stays ordered to an incident that is over.
      if (event.kind === 'incident.resolved') for (const unitId of incident.unitIds) await this.#order(author, incident, unitId, 'standDown');
      if (event.kind === 'incident.unitOrdered') await this.#order(author, incident, event.unitId, event.order);
      else await this.#append(author, event);
      return {};
    });
  }

  async noteAlarmAcknowledged(author: Person, alarmId: string, title: string): Promise<void> {
    await this.#inTurn(() => this.#append(author, { kind: 'alarm.acknowledged', alarmId, title }));
  }

  /** Takes a unit's report into the incidents that it was ordered to; reports that say nothing new are not recorded. */
  async applyUnit(report: UnitReport): Promise<void> {
    // Units report once a second: most of it is nothing new and need not wait in line.
    if (this.#newsOf(report).length === 0) return;
    await this.#inTurn(async () => {
      for (const event of this.#newsOf(report)) await this.#append(beaconPerson, event);
    });
  }

  #newsOf(report: UnitReport): Extract<RecordEvent, { kind: 'incident.unitReported' }>[] {
    const isCurrent = isUsable(report.quality) && report.atMs <= this.#options.nowMs() + FUTURE_TOLERANCE_MS;
    if (!isCurrent) return [];
    const { unitId, atMs } = report;
    return [...this.#awaited].flatMap((id) => {
      const incident = this.#incidents.get(id);
      const engagement = incident?.engagements?.find((each) => each.unitId === unitId);
      if (incident === undefined || engagement === undefined || atMs < engagement.atMs) return [];
      // A unit that works elsewhere has left here, as far as it was told to.
      const isElsewhere = report.incidentId !== undefined && report.incidentId !== incident.id;
      if (isElsewhere && engagement.state !== 'stoodDown') return [];
      const status = isElsewhere ? 'available' : report.status;
      return engagementAfter(engagement.state, status) === undefined ? [] : [{ kind: 'incident.unitReported', incidentId: incident.id, unitId, status, atMs }];
    });
  }

  /** The event that a command becomes; throws a RequestError where it is not allowed. */
  #eventOf(incident: Incident, command: AnyCommand): RecordEvent {
    const incidentId = incident.id;
    const action = command.name.slice('incident.'.length) as IncidentAction;
    if (!allowedActions(incident).includes(action)) throw new RequestError('refused', refusalOf(incident, action));
    switch (command.name) {
      case 'incident.acknowledge':
        return { kind: 'incident.acknowledged', incidentId };
      case 'incident.assign':
        return { kind: 'incident.assigned', incidentId, assignee: command.input.assignee };
      case 'incident.note':
        return { kind: 'incident.noted', incidentId, text: command.input.text };
      case 'incident.milestone':
        return this.#milestoneEvent(incident, command.input);
      case 'incident.orderUnit':
        this.#checkOrder(incident, command.input);
        return { kind: 'incident.unitOrdered', incidentId, unitId: command.input.unitId, order: command.input.order };
      case 'incident.linkAlarm':
        return { kind: 'incident.linked', incidentId, alarmId: command.input.alarmId };
      case 'incident.resolve':
        return { kind: 'incident.resolved', incidentId, outcome: command.input.outcome };
      case 'incident.reopen':
        return { kind: 'incident.reopened', incidentId, reason: command.input.reason };
    }
  }

  #milestoneEvent(incident: Incident, { milestone, atMs }: RequestInput<'incident.milestone'>): RecordEvent {
    const nowMs = this.#options.nowMs();
    const takenAtMs = atMs ?? nowMs;
    if (takenAtMs > nowMs) throw new RequestError('refused', 'A milestone cannot lie in the future.');
    const conflict = milestoneConflict(incident.milestones, milestone, takenAtMs);
    if (conflict !== undefined) throw new RequestError('refused', conflict);
    return { kind: 'incident.milestone', incidentId: incident.id, milestone, atMs: takenAtMs, source: 'operator' };
  }

  #checkOrder(incident: Incident, { unitId, order }: RequestInput<'incident.orderUnit'>): void {
    const busyAt = [...this.#incidents.values()].find(({ unitIds }) => unitIds.includes(unitId));
    if (order === 'standDown' && busyAt !== incident) throw new RequestError('refused', `${unitId} is not ordered to ${incident.id}.`);
    if (order === 'go' && busyAt === incident) throw new RequestError('refused', `${unitId} is ordered to ${incident.id} already.`);
    if (order === 'go' && busyAt !== undefined) throw new RequestError('refused', `${unitId} is ordered to ${busyAt.id}. Stand it down there first.`);
  }

  /** First the record, then the unit: an order that went out is one that is written down. */
  async #order(author: Person, { id, lon, lat }: Incident, unitId: string, order: DispatchMessage['order']): Promise<void> {
    await this.#append(author, { kind: 'incident.unitOrdered', incidentId: id, unitId, order });
    this.#options.sendDispatch(unitId, { at: this.#options.nowMs(), incident: id, order, ...(lon !== undefined && lat !== undefined && { lon, lat }) });
  }

  async #append(author: Person, event: RecordEvent): Promise<void> {
    await this.#options.log.perform(author, event);
  }

  #take(entries: readonly LogEntry[]): void {
    const touched = new Set<string>();
    for (const entry of entries) {
      const { event } = entry;
      if (event.kind === 'alarm.acknowledged') this.#acknowledgedAlarms.add(event.alarmId);
      if (!('incidentId' in event)) continue;
      const known = this.#entries.get(event.incidentId);
      if (known === undefined) this.#entries.set(event.incidentId, [entry]);
      else known.push(entry);
      touched.add(event.incidentId);
    }
    const changed = [...touched].flatMap((id) => this.#refold(id) ?? []);
    if (changed.length > 0) for (const listener of this.#listeners) listener(changed);
  }

  /** An incident is what all its entries make of it together: a late one may change what came after. */
  #refold(id: string): Incident | undefined {
    const incident = foldIncident(id, this.#entries.get(id) ?? []);
    if (incident === undefined) return undefined;
    this.#incidents.set(id, incident);
    if (isAwaited(incident)) this.#awaited.add(id);
    else this.#awaited.delete(id);
    return incident;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

const isAwaited = (incident: Incident): boolean => incident.engagements?.some(({ state }) => state !== 'left') ?? false;

type AnyCommand = { [N in IncidentCommand]: { name: N; input: RequestInput<N> } }[IncidentCommand];

function refusalOf(incident: Incident, action: IncidentAction): string {
  if (action === 'acknowledge') return `${incident.id} has been acknowledged already.`;
  if (action === 'reopen') return `${incident.id} is not resolved.`;
  return `${incident.id} is resolved. Reopen it first.`;
}
