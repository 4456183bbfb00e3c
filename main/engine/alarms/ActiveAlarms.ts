import type { Alarm, AlarmPriority, AlarmRef } from '../../../shared/alarms/alarm.ts';
import { AlarmActions } from '../../../shared/folds/AlarmActions.ts';
import { APART_MS, alarmKey, parseAlarmId } from '../../../shared/alarms/alarmIdentity.ts';
import type { Raised } from '../../../shared/alarms/alarmLoad.ts';
import { Activations } from '../../../shared/alarms/activations.ts';
import { RefMap } from '../../../shared/alarms/RefMap.ts';
import { defaultPositions } from '../../../shared/alarms/positions.ts';
import type { Position } from '../../../shared/alarms/positions.ts';
import type { AlarmEntry } from './alarmEntry.ts';
import { conditionOf, entryOf, hasLapsed, isActive, keptCondition, reworded, takeCondition } from './alarmEntry.ts';
import type { Condition } from '../domains/kit/Condition.ts';
import { KindCounts, MOST_OF_A_KIND } from './KindCounts.ts';
import { isOverflow, Overflow } from './Overflow.ts';
import { showAlarm } from './showAlarm.ts';
import { Suppression } from './Suppression.ts';

export type AlarmChange = { changed: Alarm[]; removed: string[] };

/** After a restart the domains need up to this long to find the conditions again that held before. */
const SAVED_GRACE_MS = 300_000;
/**
 * An alarm that is over is remembered for this long, so that what other workstations report about it is not mistaken
 * for the next alarm of the same subject.
 */
const PAST_MS = 600_000;
/** Counts of activations fall as time passes even when nothing happens, so they are taken again this often. */
const RECOUNT_MS = 60_000;

/** A county of the past has nobody who takes its lapsed alarms. */
const MOST_LAPSED = 500;

type AlarmBookOptions = { actions?: AlarmActions; positions?: readonly Position[]; mostOfAKind?: number };

/**
 * Makes alarms from conditions and from people's actions (`actions`): on and off delays, dead-band, latching,
 * suppression by design, the states of ISA-18.2, and one identity for as long as an alarm lasts. Beyond `mostOfAKind`
 * of one rule and priority no more are taken, and one alarm says how many. States are not stored: they are derived from
 * the facts each time, so that every workstation arrives at the same ones.
 */
export class ActiveAlarms {
  readonly #entries = new RefMap<AlarmEntry>();
  readonly #byId = new Map<string, AlarmEntry>();
  readonly #activations = new Activations();
  readonly #suppression = new Suppression();
  readonly #actions: AlarmActions;
  readonly #positions: readonly Position[];
  readonly #mostOfAKind: number;
  /** Incidents of alarms that have not been found at this workstation yet, by the id of the alarm. */
  readonly #awaited = new Map<string, { ref: AlarmRef; incidentId: string; untilMs: number }>();
  /**
   * `#dirty` has the entries whose alarm must be derived again, `#reworded` those of which only the text has changed.
   */
  #dirty = new Set<AlarmEntry>();
  #reworded = new Set<AlarmEntry>();
  #recountedMs = 0;
  #changed = new Map<string, Alarm>();
  #removed = new Set<string>();
  #raised: Raised[] = [];
  #lapsed: Alarm[] = [];

  /** `saved`: the alarms of the last run. They stand until their condition has been absent for its delay. */
  constructor(
    saved: readonly Alarm[],
    nowMs: number,
    { actions = new AlarmActions(), positions = defaultPositions, mostOfAKind = MOST_OF_A_KIND }: AlarmBookOptions = {},
  ) {
    this.#actions = actions;
    this.#positions = positions;
    this.#mostOfAKind = mostOfAKind;
    const counts = new KindCounts();
    for (const alarm of saved) {
      const condition = conditionOf(alarm);
      if (condition === undefined || counts.of(condition) >= mostOfAKind) continue;
      counts.add(condition);
      const entry = entryOf({ ...condition, onDelayMs: 0, offDelayMs: SAVED_GRACE_MS }, nowMs, alarm);
      this.#entries.set(entry.condition, entry);
      this.#byId.set(alarm.id, entry);
      this.#dirty.add(entry);
    }
    for (const { alarm } of actions.kept(nowMs)) this.#keep(alarm, nowMs);
    this.#showDirty(nowMs);
  }

  /** Takes all conditions that hold now, of all domains. */
  update(conditions: readonly Condition[], nowMs: number): void {
    for (const condition of this.#withinBound(conditions)) this.#seen(condition, nowMs);
    const isRecount = Math.abs(nowMs - this.#recountedMs) >= RECOUNT_MS;
    if (isRecount) this.#recountedMs = nowMs;
    for (const entry of this.#entries.values()) {
      // After the clock is set back, an entry would seem to lie in the future for hours.
      if (entry.lastSeenMs > nowMs) entry.lastSeenMs = nowMs;
      if (entry.lastSeenMs !== nowMs) this.#absent(entry, nowMs);
      const { alarm } = entry;
      if (
        alarm !== undefined &&
        ((alarm.shelved !== undefined && nowMs >= alarm.shelved.untilMs) ||
          (alarm.returnedAtMs !== undefined && hasLapsed(entry, nowMs)) ||
          (isRecount && alarm.activations !== undefined))
      )
        this.#dirty.add(entry);
    }
    for (const entry of this.#suppression.judge(nowMs)) this.#dirty.add(entry);
    this.#showDirty(nowMs);
  }

  /** Call this when people have acted on these alarms; their actions are in `actions` already. */
  actionsChanged(refs: readonly Pick<AlarmRef, 'rule' | 'subject'>[], nowMs: number): void {
    for (const ref of refs) this.#keep(ref, nowMs);
    this.#showDirty(nowMs);
  }

  all(): Alarm[] {
    const all: Alarm[] = [];
    for (const { alarm } of this.#byId.values()) if (alarm !== undefined) all.push(alarm);
    return all;
  }

  /** Finds an alarm by the id that it has here, or by the id that another workstation gave it. */
  get(alarmId: string): Alarm | undefined {
    return this.#find(alarmId)?.alarm;
  }

  /**
   * Assigns alarms to incidents: `owners` has the id of the incident by the id of the alarm. An alarm that `owners`
   * does not name leaves its incident where `letsGo` says so for that incident. Ids of alarms that are not known here
   * are remembered for some minutes, because the alarm may be about to be found.
   */
  assign(owners: ReadonlyMap<string, string>, letsGo: (incidentId: string) => boolean, nowMs: number): void {
    for (const [id, { incidentId, untilMs }] of this.#awaited)
      if (untilMs <= nowMs || (letsGo(incidentId) && owners.get(id) !== incidentId)) this.#awaited.delete(id);
    const owned = new Map<AlarmEntry, string>();
    for (const [id, incidentId] of owners) {
      const entry = this.#find(id);
      const ref = entry === undefined ? parseAlarmId(id) : undefined;
      if (entry !== undefined) owned.set(entry, incidentId);
      else if (ref !== undefined && ref.raisedAtMs > nowMs - PAST_MS)
        this.#awaited.set(id, { ref, incidentId, untilMs: nowMs + PAST_MS });
    }
    for (const entry of this.#entries.values()) {
      const { occurrence } = entry;
      if (occurrence === undefined) continue;
      const { incidentId } = occurrence;
      const owner = owned.get(entry) ?? (incidentId !== undefined && letsGo(incidentId) ? undefined : incidentId);
      if (owner === incidentId) continue;
      occurrence.incidentId = owner;
      this.#dirty.add(entry);
    }
    this.#showDirty(nowMs);
  }

  /** What changed since the last call, for the screens and the saved copy; undefined when nothing did. */
  takeChanges(): AlarmChange | undefined {
    if (this.#changed.size === 0 && this.#removed.size === 0) return undefined;
    const change = { changed: [...this.#changed.values()], removed: [...this.#removed] };
    this.#changed = new Map();
    this.#removed = new Set();
    return change;
  }

  /** The alarms that have called for the operator since this was last called; maintenance items do not call. */
  takeRaised(): Raised[] {
    const raised = this.#raised;
    this.#raised = [];
    return raised;
  }

  /** The alarms that nobody acknowledged long after they returned to normal, since this was last called. */
  takeLapsed(): Alarm[] {
    const lapsed = this.#lapsed;
    this.#lapsed = [];
    return lapsed;
  }

  /**
   * The conditions that have an alarm or may get one, and one for those that may not. What stands is never ended to
   * make room: what nobody has acknowledged must not disappear because of others.
   */
  #withinBound(conditions: readonly Condition[]): Condition[] {
    const overflow = new Overflow();
    const taken: Condition[] = [];
    let counts: KindCounts | undefined;
    for (const condition of conditions) {
      if (this.#entries.get(condition) === undefined) {
        counts ??= this.#countKinds();
        if (counts.of(condition) >= this.#mostOfAKind) {
          overflow.add(condition);
          continue;
        }
        counts.add(condition);
      }
      taken.push(condition);
    }
    return [...taken, ...overflow.conditions()];
  }

  /** Forgets what is over where there is too much of a kind: it is remembered only to recognise it by name. */
  #countKinds(): KindCounts {
    const [counts, past] = [new KindCounts(), new KindCounts()];
    for (const entry of this.#entries.values()) {
      if (isOverflow(entry.condition)) continue;
      const isOver = entry.occurrence === undefined && entry.alarm === undefined && entry.firstSeenMs === undefined;
      if (isOver && past.of(entry.condition) >= this.#mostOfAKind) this.#entries.delete(entry.condition);
      else (isOver ? past : counts).add(entry.condition);
    }
    return counts;
  }

  #seen(condition: Condition, nowMs: number): void {
    const known = this.#entries.get(condition);
    if (condition.isInDeadband === true || condition.unjudgedSinceMs !== undefined) {
      if (known !== undefined && isActive(known)) this.#hold(known, condition, nowMs);
      return;
    }
    const entry = known ?? entryOf(condition, nowMs);
    if (known === undefined) this.#entries.set(condition, entry);
    entry.lastSeenMs = nowMs;
    entry.firstSeenMs ??= nowMs;
    const news = takeCondition(entry, condition);
    if (entry.occurrence === undefined) {
      if (nowMs - entry.firstSeenMs >= condition.onDelayMs) this.#raise(entry, nowMs);
    } else if (entry.occurrence.returnedAtMs !== undefined) {
      this.#activate(entry, nowMs);
    } else if (news !== undefined) {
      (news === 'state' ? this.#dirty : this.#reworded).add(entry);
      this.#suppression.changed(entry);
    }
    if (entry.occurrence !== undefined)
      entry.occurrence.worst = Math.min(entry.occurrence.worst, condition.priority) as AlarmPriority;
  }

  /** Keeps an alarm of which nothing better is known; one that is no longer judged says so. */
  #hold(entry: AlarmEntry, condition: Condition, nowMs: number): void {
    entry.lastSeenMs = nowMs;
    if (condition.unjudgedSinceMs === undefined) return;
    if (takeCondition(entry, { ...condition, priority: entry.condition.priority }) !== undefined)
      this.#reworded.add(entry);
  }

  #raise(entry: AlarmEntry, nowMs: number): void {
    const fromMs = Math.round(nowMs);
    const awaited = [...this.#awaited.values()].find(
      ({ ref }) => alarmKey(ref) === entry.key && Math.abs(ref.raisedAtMs - fromMs) <= APART_MS,
    );
    entry.occurrence = {
      fromMs,
      activeSinceMs: fromMs,
      returnedAtMs: undefined,
      worst: entry.condition.priority,
      acknowledged: undefined,
      incidentId: awaited?.incidentId,
    };
    this.#activate(entry, nowMs);
  }

  #activate(entry: AlarmEntry, nowMs: number): void {
    if (entry.occurrence === undefined) return;
    entry.occurrence.returnedAtMs = undefined;
    entry.occurrence.activeSinceMs = nowMs;
    entry.stayedMs = undefined;
    this.#activations.note(entry.key, nowMs);
    this.#dirty.add(entry);
    this.#suppression.changed(entry);
  }

  #absent(entry: AlarmEntry, nowMs: number): void {
    const absentMs = nowMs - entry.lastSeenMs;
    if (absentMs < entry.condition.offDelayMs) return;
    entry.firstSeenMs = undefined;
    if (entry.occurrence !== undefined && isActive(entry)) {
      entry.occurrence.returnedAtMs = nowMs;
      entry.stayedMs = entry.lastSeenMs - entry.occurrence.activeSinceMs;
      this.#dirty.add(entry);
      this.#suppression.changed(entry);
    } else if (entry.alarm === undefined && entry.occurrence === undefined && absentMs >= PAST_MS) {
      this.#entries.delete(entry.condition);
    }
  }

  /**
   * Lists an alarm that is shelved or out of service among the hidden ones, whether its condition was ever found here
   * or not.
   */
  #keep(ref: Pick<AlarmRef, 'rule' | 'subject'>, nowMs: number): void {
    const { outOfService, shelved } = this.#actions.of(ref);
    const about = outOfService?.about ?? shelved?.about;
    const condition = about && keptCondition(about);
    const entry = this.#entries.get(ref) ?? (condition === undefined ? undefined : entryOf(condition, nowMs));
    if (entry === undefined) return;
    this.#entries.set(ref, entry);
    this.#dirty.add(entry);
  }

  #showDirty(nowMs: number): void {
    for (const entry of this.#reworded) {
      if (entry.alarm === undefined || this.#dirty.has(entry)) continue;
      entry.alarm = reworded(entry.alarm, entry, nowMs);
      this.#changed.set(entry.alarm.id, entry.alarm);
    }
    this.#reworded.clear();
    for (const entry of this.#dirty) this.#show(entry, nowMs);
    this.#dirty.clear();
  }

  #show(entry: AlarmEntry, nowMs: number): void {
    const before = entry.alarm;
    const isLapsing = before?.state === 'returned' && hasLapsed(entry, nowMs);
    const alarm = showAlarm(entry, {
      action: this.#actions.of(entry.condition),
      activatedAtMs: this.#activations.of(entry.key, nowMs),
      positions: this.#positions,
      nowMs,
    });
    entry.alarm = alarm;
    // The alarm may have been taken out of service, or be over: then it no longer suppresses others.
    this.#suppression.changed(entry);
    if (before !== undefined && before.id !== alarm?.id) this.#remove(before.id);
    if (isLapsing && alarm === undefined) this.#lapsed = [...this.#lapsed.slice(1 - MOST_LAPSED), before];
    if (alarm === undefined) return;
    this.#byId.set(alarm.id, entry);
    this.#removed.delete(alarm.id);
    this.#changed.set(alarm.id, alarm);
    // Maintenance items are work for the day, not calls on the operator.
    if (alarm.state !== 'active' || before?.state === 'active' || alarm.domain === 'maintenance') return;
    const { priority, position, rule, subject, title } = alarm;
    this.#raised.push({
      atMs: before === undefined ? alarm.raisedAtMs : nowMs,
      priority,
      position,
      rule,
      subject,
      title,
    });
  }

  #remove(id: string): void {
    this.#byId.delete(id);
    this.#changed.delete(id);
    this.#removed.add(id);
  }

  #find(alarmId: string): AlarmEntry | undefined {
    const known = this.#byId.get(alarmId);
    const ref = known === undefined ? parseAlarmId(alarmId) : undefined;
    if (ref === undefined) return known;
    const entry = this.#entries.get(ref);
    // An earlier alarm that has an end of its own is not the present one, however close in time they are.
    const isPast = entry?.past.some(({ fromMs, toMs }) => fromMs <= ref.raisedAtMs && ref.raisedAtMs <= toMs) === true;
    return entry?.alarm === undefined || isPast || ref.raisedAtMs < entry.alarm.raisedAtMs - APART_MS
      ? undefined
      : entry;
  }
}
