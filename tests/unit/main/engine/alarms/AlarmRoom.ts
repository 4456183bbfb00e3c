import { ActiveAlarms } from '../../../../../main/engine/alarms/ActiveAlarms.ts';
import type { Condition } from '../../../../../main/engine/domains/kit/Condition.ts';
import type { Alarm, AlarmRef, ShelveMode } from '../../../../../shared/alarms/alarm.ts';
import { AlarmActions } from '../../../../../shared/folds/AlarmActions.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../../shared/record/recordEvent.ts';
import { EntryWriter } from '../../../../support/logEntries.ts';
import { person } from '../../../../support/people.ts';

export const T0 = Date.UTC(2026, 2, 2, 8);
/** Seconds of the test as a time. */
export const at = (s: number): number => T0 + s * 1000;
const ann = person('Ann');

/** A leak that is urgent, waits 2 s before it calls and 5 s before it ends. */
export const burst: Condition = {
  rule: 'water.burst',
  domain: 'water',
  priority: 2,
  subject: { kind: 'zone', id: 'D03' },
  title: 'Burst in D03',
  place: 'Mill quarter',
  cause: 'Inflow',
  consequence: 'Loss',
  action: 'Send a crew',
  evidence: [{ label: 'Inflow', text: '80 m³/h' }],
  onDelayMs: 2000,
  offDelayMs: 5000,
};
/** A late bus: it ends with its condition, whether or not anybody saw it. */
export const late: Condition = {
  ...burst,
  rule: 'transit.veryLate',
  domain: 'transit',
  priority: 4,
  subject: { kind: 'vehicle', id: '112' },
  title: '112 is late',
  isLatching: false,
};

/** One workstation's alarms, and what Ann does to them there; all workstations of a room may share what they wrote. */
export class AlarmRoom {
  book: ActiveAlarms;
  actions = new AlarmActions();
  readonly written: LogEntry[] = [];
  readonly #log: EntryWriter;

  constructor(workstation = 'ws-a', saved: readonly Alarm[] = [], atS = 0, entries: readonly LogEntry[] = []) {
    this.#log = new EntryWriter(workstation);
    this.actions.apply(entries);
    this.book = new ActiveAlarms(saved, at(atS), { actions: this.actions });
  }

  /** Reports the conditions once a second from `fromS` to `toS`. */
  run(conditions: readonly Condition[], fromS: number, toS: number): void {
    for (let s = fromS; s <= toS; s++) this.book.update(conditions, at(s));
  }

  only(): Alarm {
    const [alarm, ...rest] = this.book.all();
    if (alarm === undefined || rest.length > 0)
      throw new Error(`one alarm expected, not ${String(this.book.all().length)}`);
    return alarm;
  }

  /** Takes what was written, here or elsewhere. */
  take(entries: readonly LogEntry[], atS: number): void {
    this.book.actionsChanged(this.actions.apply(entries), at(atS));
  }

  acknowledge(atS: number, alarm = this.only()): void {
    this.#do(atS, { kind: 'alarm.acknowledged', alarm: refOf(alarm), title: alarm.title, priority: alarm.priority });
  }

  shelve(atS: number, mode: ShelveMode, forS: number, alarm = this.only()): void {
    this.#do(atS, { kind: 'alarm.shelved', ...aboutOf(alarm), mode, untilMs: at(atS + forS), reason: 'Known' });
  }

  unshelve(atS: number, alarm = this.only()): void {
    this.#do(atS, { kind: 'alarm.unshelved', alarm: refOf(alarm), title: alarm.title });
  }

  takeOutOfService(atS: number, alarm = this.only()): void {
    this.#do(atS, { kind: 'alarm.takenOutOfService', ...aboutOf(alarm), reason: 'Works' });
  }

  returnToService(atS: number, alarm = this.only()): void {
    this.#do(atS, { kind: 'alarm.returnedToService', alarm: refOf(alarm), title: alarm.title });
  }

  #do(atS: number, event: RecordEvent): void {
    const entry = this.#log.write(at(atS), ann, event);
    this.written.push(entry);
    this.take([entry], atS);
  }
}

const refOf = ({ rule, subject, raisedAtMs }: Alarm): AlarmRef => ({ rule, subject, raisedAtMs });
const aboutOf = (
  alarm: Alarm,
): { alarm: AlarmRef; title: string; place: string; domain: Alarm['domain']; priority: Alarm['priority'] } => ({
  alarm: refOf(alarm),
  title: alarm.title,
  place: alarm.place,
  domain: alarm.domain,
  priority: alarm.priority,
});
