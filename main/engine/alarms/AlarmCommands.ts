import type { CountyMs } from '../../../shared/base/clock.ts';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import type { Alarm, AlarmRef } from '../../../shared/alarms/alarm.ts';
import { AlarmActions } from '../../../shared/folds/AlarmActions.ts';
import type { KeptAlarm } from '../../../shared/folds/AlarmActions.ts';
import type { HeldPosition, Position } from '../../../shared/alarms/positions.ts';
import { may } from '../../../shared/people/permissions.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import type { EventLog } from '../log/EventLog.ts';
import { Emitter } from '../base/Emitter.ts';
import { RequestError } from '../base/RequestError.ts';
import type { ActiveAlarms } from './ActiveAlarms.ts';

type AlarmCommandsOptions = {
  log: EventLog;
  positions: readonly Position[];
  nowMs: () => CountyMs;
  /**
   * Whether a person is signed in anywhere now: a position whose holder is not signed in falls to the supervisor until
   * the holder is back.
   */
  isPresent: (personId: string) => boolean;
};

const refOf = ({ rule, subject, raisedAtMs }: Alarm): AlarmRef => ({ rule, subject, raisedAtMs });
const aboutOf = (alarm: Alarm): KeptAlarm => ({
  alarm: refOf(alarm),
  title: alarm.title,
  place: alarm.place,
  domain: alarm.domain,
  priority: alarm.priority,
});

/**
 * Carries out people's commands on alarms and operating positions. A command is written to the log first and changes
 * the alarms afterwards: what was confirmed to a person stays done, and what is done at another workstation arrives by
 * the same path.
 */
export class AlarmCommands {
  readonly actions = new AlarmActions();
  readonly #options: AlarmCommandsOptions;
  #book: ActiveAlarms | undefined;
  #told = '';
  /** Emits when people's actions have changed alarms. */
  readonly #alarmsChanged = new Emitter();
  readonly #positionsChanged = new Emitter<HeldPosition[]>();
  readonly onAlarms = this.#alarmsChanged.on;
  readonly onPositions = this.#positionsChanged.on;

  /**
   * Takes the entries that the log publishes from now on: the log is loaded only after all its listeners have
   * subscribed.
   */
  constructor(options: AlarmCommandsOptions) {
    this.#options = options;
    options.log.onEntries((entries) => this.#take(entries));
  }

  /** From this call on, people's actions are applied to the alarms. */
  attach(book: ActiveAlarms): void {
    this.#book = book;
  }

  positions(): HeldPosition[] {
    return this.#options.positions.map((position) => {
      const held = this.actions.holding(position.id);
      if (held === undefined || !this.#options.isPresent(held.person.id)) return { ...position, isFallen: true };
      const { person, workstation, sinceMs, contestedBy } = held;
      return {
        ...position,
        isFallen: false,
        holder: { ...person, workstation },
        sinceMs,
        ...(contestedBy !== undefined && { contestedBy }),
      };
    });
  }

  async acknowledge(person: Person, { alarmIds }: RequestInput<'alarm.acknowledge'>): Promise<void> {
    const waiting = this.#find(alarmIds).filter(
      ({ acknowledgedAtMs, state, wasState }) =>
        acknowledgedAtMs === undefined && (wasState ?? state) !== 'outOfService',
    );
    await this.#perform(
      person,
      waiting.map((alarm) => ({
        kind: 'alarm.acknowledged',
        alarm: refOf(alarm),
        title: alarm.title,
        priority: alarm.priority,
      })),
    );
  }

  async shelve(person: Person, { alarmIds, mode, forMs, reason }: RequestInput<'alarm.shelve'>): Promise<void> {
    const alarms = this.#find(alarmIds).filter(
      ({ outOfService, state, wasState }) =>
        outOfService === undefined && (mode === 'timed' || state !== 'shelved' || wasState !== undefined),
    );
    if (alarms.length === 0)
      throw new RequestError(
        'refused',
        mode === 'timed'
          ? 'What is out of service cannot be shelved.'
          : 'One shot is for alarms whose condition holds; choose a time.',
      );
    const untilMs = this.#options.nowMs() + forMs;
    await this.#perform(
      person,
      alarms.map((alarm) => ({ kind: 'alarm.shelved', ...aboutOf(alarm), mode, untilMs, reason })),
    );
  }

  async unshelve(person: Person, { alarmIds }: RequestInput<'alarm.unshelve'>): Promise<void> {
    const shelved = this.#find(alarmIds).filter((alarm) => alarm.shelved !== undefined);
    await this.#perform(
      person,
      shelved.map((alarm) => ({ kind: 'alarm.unshelved', alarm: refOf(alarm), title: alarm.title })),
    );
  }

  async takeOutOfService(person: Person, { alarmId, reason }: RequestInput<'alarm.takeOutOfService'>): Promise<void> {
    const alarms = this.#find([alarmId]).filter(({ outOfService }) => outOfService === undefined);
    if (alarms.length === 0) throw new RequestError('refused', 'It is out of service already.');
    await this.#perform(
      person,
      alarms.map((alarm) => ({ kind: 'alarm.takenOutOfService', ...aboutOf(alarm), reason })),
    );
  }

  async returnToService(person: Person, { alarmId }: RequestInput<'alarm.returnToService'>): Promise<void> {
    const alarms = this.#find([alarmId]).filter(({ outOfService }) => outOfService !== undefined);
    if (alarms.length === 0) throw new RequestError('refused', 'It is not out of service.');
    await this.#perform(
      person,
      alarms.map((alarm) => ({ kind: 'alarm.returnedToService', alarm: refOf(alarm), title: alarm.title })),
    );
  }

  async takePosition(person: Person, positionId: string): Promise<void> {
    this.#checkPosition(positionId);
    await this.#perform(person, [{ kind: 'position.taken', positionId }]);
  }

  async releasePosition(person: Person, positionId: string): Promise<void> {
    this.#checkPosition(positionId);
    const held = this.actions.holding(positionId);
    if (held === undefined) throw new RequestError('refused', 'Nobody holds this position.');
    if (held.person.id !== person.id && !may(person.role, 'position.relieve'))
      throw new RequestError('refused', `${held.person.name} holds this position; a supervisor may release it.`);
    await this.#perform(person, [{ kind: 'position.released', positionId }]);
  }

  /**
   * Publishes who holds which position where that differs from what was published last: people come and go, and their
   * sessions expire with time.
   */
  reviewPositions(): void {
    const positions = this.positions();
    const text = JSON.stringify(positions);
    if (text !== this.#told) this.#positionsChanged.emit(positions);
    this.#told = text;
  }

  #checkPosition(positionId: string): void {
    if (!this.#options.positions.some(({ id }) => id === positionId))
      throw new RequestError('notFound', `There is no position ${positionId}.`);
  }

  /** The alarms that still exist; throws a RequestError where none does. */
  #find(alarmIds: readonly string[]): Alarm[] {
    const found = new Set(alarmIds.flatMap((id) => this.#book?.get(id) ?? []));
    if (found.size === 0)
      throw new RequestError(
        'notFound',
        alarmIds.length === 1 ? 'This alarm is no longer there.' : 'These alarms are no longer there.',
      );
    return [...found];
  }

  async #perform(person: Person, events: readonly RecordEvent[]): Promise<void> {
    await Promise.all(events.map((event) => this.#options.log.perform(person, event)));
  }

  #take(entries: readonly LogEntry[]): void {
    const refs = this.actions.apply(entries);
    if (refs.length > 0 && this.#book !== undefined) {
      this.#book.actionsChanged(refs, this.#options.nowMs());
      this.#alarmsChanged.emit();
    }
    this.reviewPositions();
  }
}
