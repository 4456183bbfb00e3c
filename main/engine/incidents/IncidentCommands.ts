import { FUTURE_TOLERANCE_MS } from '../../../shared/base/clock.ts';
import type { CountyMs } from '../../../shared/base/clock.ts';
import { attachmentName } from '../../../shared/incidents/attachmentName.ts';
import { refusalOf } from '../../../shared/incidents/allowedActions.ts';
import { commandEvent } from '../../../shared/incidents/commandEvents.ts';
import type { ThingNames } from '../../../shared/incidents/commands/namedReadings.ts';
import type { CommandContext } from '../../../shared/incidents/commands/incidentCommand.ts';
import type {
  IncidentCommandName,
  IncidentEvent,
  IncidentInput,
  PlainCommand,
} from '../../../shared/incidents/commands/incidentCommands.ts';
import { settleEffects } from '../../../shared/incidents/commands/settleEffects.ts';
import { engagementAfter } from '../../../shared/incidents/engagement.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { createLocalTime } from '../../../shared/base/localTime.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { TemplateFacts } from '../../../shared/incidents/fillTemplate.ts';
import type { Playbook } from '../../../shared/incidents/playbook.ts';
import { isUsable } from '../../../shared/base/quality.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import type { UnitReport } from '../../../shared/base/values.ts';
import type { DispatchMessage } from '../../../shared/wire/topics.ts';
import type { EventLog } from '../log/EventLog.ts';
import { RequestError } from '../base/RequestError.ts';
import { decisionEvent } from './decisionEvent.ts';
import { IncidentStates } from './IncidentStates.ts';
import { nextIncidentId } from './nextIncidentId.ts';

const refuse = (reason: string): never => {
  throw new RequestError('refused', reason);
};

type IncidentCommandsOptions = {
  log: EventLog;
  nowMs: () => CountyMs;
  /** Distinguishes the ids that are given here from those of any other engine, also of a copy of this one. */
  workstation: string;
  countyName: string;
  /** IANA name: the numbers of incidents start again each local day. */
  timeZone: string;
  sendDispatch: (unitId: string, message: DispatchMessage) => void;
  /** What is to be done about incidents of a type. */
  playbookOf: (type: Incident['type']) => Playbook;
  /** The name of a link, route or unit of the county; undefined where it has none of this id. */
  linkName: (linkId: string) => string | undefined;
  routeName: (routeId: string) => string | undefined;
  unitName: (unitId: string) => string | undefined;
  /** How lines of logs name things; by their ids where it is not given. */
  names?: ThingNames;
};

/** What becomes of everything that an incident has open when it is resolved. */
type Ending = Partial<Pick<IncidentInput<'incident.resolve'>, 'effects' | 'handOnTo'>>;

/** A file that was uploaded, as it goes into the record. */
export type AttachedFile = { hash: string; mediaType: string; bytes: number };

/**
 * Takes people's commands on incidents. A command is checked, written to the record, and only when it is durable there
 * does it change what everybody sees and resolve. Commands run one after the other, so that each is checked against
 * what the one before did.
 */
export class IncidentCommands {
  readonly #options: IncidentCommandsOptions;
  readonly #book: IncidentStates;
  readonly #listeners = new Set<(changed: Incident[]) => void>();
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * Takes the entries that the log publishes from now on: the log is loaded only after all its listeners have
   * subscribed.
   */
  constructor(options: IncidentCommandsOptions) {
    this.#options = options;
    this.#book = new IncidentStates(options.names);
    options.log.onEntries((entries) => this.#take(entries));
  }

  /** All incidents that are not resolved, and the newest resolved ones; newest first. */
  incidents(): readonly Incident[] {
    return this.#book.shown();
  }

  get(id: string): Incident | undefined {
    return this.#book.get(id);
  }

  /** Every incident in the log, as people see it; a merged one names the incident that it was merged into. */
  all(): Iterable<Incident> {
    return this.#book.all();
  }

  /**
   * Incidents that are not over, or about which somebody has still to be notified; each without what was merged into
   * it.
   */
  working(): Incident[] {
    return this.#book.working();
  }

  /** Calls the listener with the incidents that changed, after each change; returns a function that ends this. */
  onChange(listener: (changed: Incident[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens an incident and returns its id. `awareAtMs` is when its first alarm was raised, where it has one. */
  open(author: Person, input: IncidentInput<'incident.open'>, awareAtMs?: number): Promise<string> {
    return this.#inTurn(async () => {
      const incidentId = this.#nextId();
      const playbook = this.#options.playbookOf(input.type);
      await this.#append(author, {
        kind: 'incident.opened',
        incidentId,
        ...input,
        playbook,
        ...(awareAtMs !== undefined && { awareAtMs }),
      });
      return incidentId;
    });
  }

  /**
   * Carries out a command that becomes one event. Rejects with a RequestError: notFound, refused with the reason, or
   * unavailable when the record cannot be written.
   */
  run<N extends PlainCommand>(author: Person, name: N, input: IncidentInput<N>): Promise<Record<string, never>> {
    const ending = name === 'incident.resolve' ? (input as IncidentInput<'incident.resolve'>) : {};
    return this.#perform(author, name, input.incidentId, (context) => commandEvent(name, input, context), ending);
  }

  /** Closes several links, each by an event of its own; nothing is written where one of them cannot be closed. */
  closeRoads(
    author: Person,
    { linkIds, ...rest }: IncidentInput<'incident.closeRoads'>,
  ): Promise<Record<string, never>> {
    return this.#inTurn(async () => {
      const context = this.#context(author, this.#allowed(rest.incidentId, 'incident.closeRoads'));
      const events = [...new Set(linkIds)].map((linkId) =>
        commandEvent('incident.closeRoad', { ...rest, linkId }, context),
      );
      for (const event of events) await this.#append(author, event);
      return {};
    });
  }

  /** Settles a conflict with the event of the command that sets the decided value. */
  decide(author: Person, input: IncidentInput<'incident.decide'>): Promise<Record<string, never>> {
    return this.#perform(author, 'incident.decide', input.incidentId, (context) => decisionEvent(input, context));
  }

  /** Orders a unit to an incident, or away from it. */
  orderUnit(author: Person, input: IncidentInput<'incident.orderUnit'>): Promise<Record<string, never>> {
    return this.#inTurn(async () => {
      const incident = this.#allowed(input.incidentId, 'incident.orderUnit');
      await this.#order(author, incident, input.unitId, input.order, this.#checkOrder(incident, input));
      return {};
    });
  }

  /** Opens a second incident with a part of what belongs to the first, and returns its id. */
  split(author: Person, { incidentId, unitIds, alarmIds, ...facts }: IncidentInput<'incident.split'>): Promise<string> {
    return this.#inTurn(async () => {
      this.#allowed(incidentId, 'incident.split');
      const own = this.#book.own(incidentId);
      const engagements = own?.engagements?.filter(({ unitId }) => unitIds.includes(unitId)) ?? [];
      const strange = [
        ...unitIds.filter((id) => !engagements.some(({ unitId }) => unitId === id)),
        ...alarmIds.filter((id) => own?.alarmIds.includes(id) !== true),
      ];
      if (strange.length > 0) refuse(`${strange.join(', ')} does not belong to ${incidentId} itself.`);
      const newId = this.#nextId();
      const awareAtMs = own?.milestones.T1?.atMs;
      await this.#append(author, {
        kind: 'incident.split',
        incidentId,
        newId,
        ...facts,
        alarmIds,
        engagements,
        playbook: this.#options.playbookOf(facts.type),
        ...(awareAtMs !== undefined && { awareAtMs }),
      });
      for (const { unitId } of engagements)
        this.#orderUnit(unitId, { id: newId, lon: facts.lon, lat: facts.lat }, 'go');
      return newId;
    });
  }

  /** Attaches a file. `keep` stores it, and is called only when attaching is allowed. */
  attach(
    author: Person,
    { incidentId, name, caption }: IncidentInput<'incident.attach'>,
    keep: () => Promise<AttachedFile>,
  ): Promise<string> {
    return this.#inTurn(async () => {
      this.#allowed(incidentId, 'incident.attach');
      const file = await keep();
      await this.#append(author, {
        kind: 'incident.attached',
        incidentId,
        name: attachmentName(name, file.mediaType),
        ...file,
        ...(caption !== undefined && { caption }),
      });
      return file.hash;
    });
  }

  /** Takes a unit's report into the incidents that it was ordered to; reports that say nothing new are not recorded. */
  async applyUnit(report: UnitReport): Promise<void> {
    // Units report once per second; most reports say nothing new and need not wait in the queue.
    if (this.#newsOf(report).length === 0) return;
    await this.#inTurn(async () => {
      for (const event of this.#newsOf(report)) await this.#append(beaconPerson, event);
    });
  }

  /** The facts of an incident that the texts of playbooks may name. */
  facts({ id, title, place, type, priority, openedAtMs }: Incident): TemplateFacts {
    const { countyName, timeZone } = this.#options;
    return {
      id,
      title,
      place,
      type: this.#options.playbookOf(type).title,
      priority: String(priority),
      county: countyName,
      time: createLocalTime(timeZone).hourMinute(openedAtMs),
    };
  }

  #newsOf(report: UnitReport): Extract<RecordEvent, { kind: 'incident.unitReported' }>[] {
    const isCurrent = isUsable(report.quality) && report.atMs <= this.#options.nowMs() + FUTURE_TOLERANCE_MS;
    if (!isCurrent) return [];
    const { unitId, atMs } = report;
    return this.#book.awaited().flatMap((incident) => {
      const engagement = incident.engagements?.find((each) => each.unitId === unitId);
      if (engagement === undefined || atMs < engagement.atMs) return [];
      // A unit that works at another incident counts as having left this one only where it was ordered to leave.
      const isElsewhere = report.incidentId !== undefined && report.incidentId !== incident.id;
      if (isElsewhere && engagement.state !== 'stoodDown') return [];
      const status = isElsewhere ? 'available' : report.status;
      return engagementAfter(engagement.state, status) === undefined
        ? []
        : [{ kind: 'incident.unitReported', incidentId: incident.id, unitId, status, atMs }];
    });
  }

  #perform(
    author: Person,
    name: IncidentCommandName,
    incidentId: string,
    toEvent: (context: CommandContext) => IncidentEvent,
    ending: Ending = {},
  ): Promise<Record<string, never>> {
    return this.#inTurn(async () => {
      const incident = this.#allowed(incidentId, name);
      const event = toEvent(this.#context(author, incident));
      if (event.kind === 'incident.resolved') await this.#settle(author, incident, ending);
      await this.#append(author, event);
      return {};
    });
  }

  /** Ends or hands on what an incident has open. Nobody stays ordered to an incident that is over. */
  async #settle(author: Person, incident: Incident, { effects = [], handOnTo }: Ending): Promise<void> {
    const target = handOnTo === undefined ? undefined : this.#book.get(handOnTo);
    const context = this.#context(author, incident);
    const settlements = settleEffects(effects, context, target && this.#context(author, target));
    const handedUnits = new Set<string>();
    for (const settlement of settlements) {
      if (settlement.kind === 'events') {
        for (const event of settlement.events) await this.#append(author, event);
      } else if (settlement.toId !== undefined && target !== undefined) {
        handedUnits.add(settlement.unitId);
        await this.#order(author, target, settlement.unitId, 'go', incident);
      }
    }
    for (const unitId of incident.unitIds)
      if (!handedUnits.has(unitId)) await this.#order(author, incident, unitId, 'standDown');
  }

  /** The incident, where the command may be given now. */
  #allowed(incidentId: string, name: IncidentCommandName): Incident {
    const incident = this.#book.get(incidentId);
    if (incident === undefined) throw new RequestError('notFound', `There is no incident ${incidentId}.`);
    const refusal = refusalOf(incident, name);
    return refusal === undefined ? incident : refuse(refusal);
  }

  #context(author: Person, incident: Incident): CommandContext {
    const { nowMs, playbookOf, linkName, routeName, unitName } = this.#options;
    return {
      nowMs: nowMs(),
      author,
      incident,
      playbookOf,
      linkName,
      routeName,
      unitName,
      get: (id) => this.#book.get(id),
      holderOf: (has) => this.#holderOf(incident, has),
      facts: (of) => this.facts(of),
      refuse,
    };
  }

  #holderOf({ id, mergedFrom }: Incident, has: (own: Incident) => boolean): string | undefined {
    return [id, ...(mergedFrom ?? [])].find((each) => {
      const own = this.#book.own(each);
      return own !== undefined && has(own);
    });
  }

  /** Checks an order, and returns the incident that the unit must be taken from, where it is at one. */
  #checkOrder(
    incident: Incident,
    { unitId, order, divertFrom }: IncidentInput<'incident.orderUnit'>,
  ): Incident | undefined {
    if (order === 'go' && this.#options.unitName(unitId) === undefined) refuse(`The county has no unit ${unitId}.`);
    const busyAt = [...this.#book.all()].find(({ unitIds }) => unitIds.includes(unitId));
    if (order === 'standDown' && busyAt?.id !== incident.id) refuse(`${unitId} is not ordered to ${incident.id}.`);
    if (order === 'go' && busyAt?.id === incident.id) refuse(`${unitId} is ordered to ${incident.id} already.`);
    if (order === 'go' && busyAt !== undefined && busyAt.id !== divertFrom)
      refuse(`${unitId} is ordered to ${busyAt.id}. Divert it from there, or stand it down first.`);
    return order === 'go' ? busyAt : undefined;
  }

  /**
   * Writes the order to the record before sending it to the unit: every order that went out is on record. A unit that
   * is taken from another incident leaves the one and gets the other by one entry, so that it is never at both or at
   * none.
   */
  async #order(
    author: Person,
    incident: Incident,
    unitId: string,
    order: DispatchMessage['order'],
    from?: Incident,
  ): Promise<void> {
    const has = ({ unitIds }: Incident): boolean => unitIds.includes(unitId);
    const holder = this.#holderOf(incident, has) ?? incident.id;
    const fromId = from && (this.#holderOf(from, has) ?? from.id);
    await this.#append(author, {
      kind: 'incident.unitOrdered',
      incidentId: holder,
      unitId,
      order,
      ...(fromId !== undefined && { fromId }),
    });
    if (from !== undefined && fromId !== undefined) this.#orderUnit(unitId, { ...from, id: fromId }, 'standDown');
    this.#orderUnit(unitId, { ...incident, id: holder }, order);
  }

  #orderUnit(
    unitId: string,
    { id, lon, lat }: { id: string; lon?: number | undefined; lat?: number | undefined },
    order: DispatchMessage['order'],
  ): void {
    this.#options.sendDispatch(unitId, {
      at: this.#options.nowMs(),
      incident: id,
      order,
      ...(lon !== undefined && lat !== undefined && { lon, lat }),
    });
  }

  #nextId(): string {
    return nextIncidentId(this.#book.ids(), this.#options.nowMs(), this.#options.timeZone, this.#options.workstation);
  }

  async #append(author: Person, event: RecordEvent): Promise<void> {
    await this.#options.log.perform(author, event);
  }

  #take(entries: readonly LogEntry[]): void {
    const changed = this.#book.take(entries);
    if (changed.length > 0) for (const listener of this.#listeners) listener(changed);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
