import type { Alarm, Subject } from '../../../shared/alarms/alarm.ts';
import type { Condition } from './condition.ts';

type Entry = { condition: Condition; firstSeenMs: number; lastSeenMs: number; alarm: Alarm | undefined };

export type AlarmChange = { changed: Alarm[]; removed: string[] };

const LOAD_WINDOW_MS = 3_600_000;
/** After a restart the domains need this long to find again what held before. */
const SAVED_GRACE_MS = 300_000;

const keyOf = (rule: string, subject: Subject): string => `${rule}|${subject.kind}|${subject.id}`;
const textOf = (evidence: Alarm['evidence']): string => JSON.stringify(evidence);

/**
 * Makes alarms of conditions: on and off delays, the states of ISA-18.2 (active, acknowledged, returned and not yet acknowledged), one
 * identity while it lasts. An alarm that grew more urgent since its acknowledgement asks for attention again.
 */
export class AlarmBook {
  readonly #entries = new Map<string, Entry>();
  readonly #raisedAtMs: number[] = [];
  #changed = new Map<string, Alarm>();
  #removed = new Set<string>();

  /** `saved`: the alarms of the last run. They stand until their condition has been absent for its delay. */
  constructor(saved: readonly Alarm[], nowMs: number) {
    for (const alarm of saved) {
      const condition: Condition = { ...alarm, onDelayMs: 0, offDelayMs: SAVED_GRACE_MS };
      this.#entries.set(keyOf(alarm.rule, alarm.subject), { condition, firstSeenMs: alarm.raisedAtMs, lastSeenMs: nowMs, alarm });
    }
  }

  /** Takes all conditions that hold now, of all domains. */
  update(conditions: readonly Condition[], nowMs: number): void {
    for (const condition of conditions) this.#seen(condition, nowMs);
    for (const [key, entry] of this.#entries) {
      // After a step of the clock backwards an entry would seem to lie in the future for hours.
      if (entry.lastSeenMs > nowMs) entry.lastSeenMs = nowMs;
      if (entry.lastSeenMs !== nowMs) this.#absent(key, entry, nowMs);
    }
  }

  all(): Alarm[] {
    return [...this.#entries.values()].flatMap(({ alarm }) => alarm ?? []);
  }

  get(alarmId: string): Alarm | undefined {
    return this.all().find(({ id }) => id === alarmId);
  }

  /** Operational alarms raised within the last ten minutes and the last hour, cleared ones too. */
  load(nowMs: number): { last10Min: number; lastHour: number } {
    return { last10Min: this.#raisedAtMs.filter((at) => nowMs - at < 600_000).length, lastHour: this.#raisedAtMs.filter((at) => nowMs - at < LOAD_WINDOW_MS).length };
  }

  /** Returns the alarm as it now is, or undefined where it is not known or needs no acknowledgement. */
  acknowledge(alarmId: string, actor: string, nowMs: number): Alarm | undefined {
    const found = this.#find(alarmId);
    if (found?.entry.alarm === undefined || found.entry.alarm.state === 'acknowledged') return undefined;
    const isOver = found.entry.alarm.state === 'returned';
    const alarm: Alarm = { ...found.entry.alarm, state: isOver ? 'cleared' : 'acknowledged', acknowledgedAtMs: nowMs, acknowledgedBy: actor, changedAtMs: nowMs };
    found.entry.alarm = alarm;
    if (isOver) this.#remove(found.key, alarm);
    else this.#changed.set(alarm.id, alarm);
    return alarm;
  }

  link(alarmIds: readonly string[], incidentId: string, nowMs: number): void {
    for (const id of alarmIds) {
      const entry = this.#find(id)?.entry;
      if (entry?.alarm === undefined || entry.alarm.incidentId === incidentId) continue;
      this.#set(entry, { ...entry.alarm, incidentId, changedAtMs: nowMs });
    }
  }

  /** What changed since the last call, for the screens and the saved copy; undefined when nothing did. */
  takeChanges(): AlarmChange | undefined {
    if (this.#changed.size === 0 && this.#removed.size === 0) return undefined;
    const change = { changed: [...this.#changed.values()], removed: [...this.#removed] };
    this.#changed = new Map();
    this.#removed = new Set();
    return change;
  }

  #seen(condition: Condition, nowMs: number): void {
    const key = keyOf(condition.rule, condition.subject);
    const entry = this.#entries.get(key) ?? { condition, firstSeenMs: nowMs, lastSeenMs: nowMs, alarm: undefined };
    this.#entries.set(key, entry);
    entry.condition = condition;
    entry.lastSeenMs = nowMs;
    if (entry.alarm !== undefined) this.#refresh(entry, entry.alarm, nowMs);
    else if (nowMs - entry.firstSeenMs >= condition.onDelayMs) this.#raise(entry, nowMs);
  }

  #raise(entry: Entry, nowMs: number): void {
    const { onDelayMs: _on, offDelayMs: _off, ...facts } = entry.condition;
    const id = `${facts.rule}:${facts.subject.id}:${Math.round(nowMs).toString(36)}`.slice(0, 200);
    // Maintenance items are work for the day, not calls on the operator.
    if (facts.domain !== 'maintenance') this.#raisedAtMs.push(nowMs);
    while ((this.#raisedAtMs[0] ?? nowMs) < nowMs - LOAD_WINDOW_MS) this.#raisedAtMs.shift();
    this.#set(entry, { ...facts, id, state: 'active', raisedAtMs: nowMs, changedAtMs: nowMs });
  }

  #refresh(entry: Entry, alarm: Alarm, nowMs: number): void {
    const { onDelayMs: _on, offDelayMs: _off, ...facts } = entry.condition;
    const isBack = alarm.state === 'returned';
    const isWorse = facts.priority < alarm.priority && alarm.state === 'acknowledged';
    const isSame = !isBack && facts.priority === alarm.priority && facts.title === alarm.title && textOf(facts.evidence) === textOf(alarm.evidence);
    if (isSame) return;
    const { returnedAtMs: _gone, ...rest } = alarm;
    this.#set(entry, { ...rest, ...facts, state: isBack || isWorse ? 'active' : alarm.state, changedAtMs: nowMs });
  }

  #absent(key: string, entry: Entry, nowMs: number): void {
    if (nowMs - entry.lastSeenMs < entry.condition.offDelayMs) return;
    if (entry.alarm === undefined) this.#entries.delete(key);
    else if (entry.alarm.state === 'acknowledged') this.#remove(key, { ...entry.alarm, state: 'cleared' });
    else if (entry.alarm.state === 'active') this.#set(entry, { ...entry.alarm, state: 'returned', returnedAtMs: nowMs, changedAtMs: nowMs });
  }

  #set(entry: Entry, alarm: Alarm): void {
    entry.alarm = alarm;
    this.#changed.set(alarm.id, alarm);
  }

  #remove(key: string, alarm: Alarm): void {
    this.#entries.delete(key);
    this.#changed.delete(alarm.id);
    this.#removed.add(alarm.id);
  }

  #find(alarmId: string): { key: string; entry: Entry } | undefined {
    for (const [key, entry] of this.#entries) if (entry.alarm?.id === alarmId) return { key, entry };
    return undefined;
  }
}
