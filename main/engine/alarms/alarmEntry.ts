import type { Alarm, AlarmPriority } from '../../../shared/alarms/alarm.ts';
import type { KeptAlarm, Reference } from '../../../shared/alarms/AlarmDeeds.ts';
import { alarmKey } from '../../../shared/alarms/alarmIdentity.ts';
import type { Span } from '../../../shared/alarms/alarmIdentity.ts';
import type { Condition } from './condition.ts';

/** From the raising of an alarm to its end. */
export type Occurrence = {
  fromMs: number;
  /** Since when it has been active, this time. */
  activeSinceMs: number;
  returnedAtMs: number | undefined;
  /** The most urgent that it has been. */
  worst: AlarmPriority;
  /** Of the last run, where the log does not tell. */
  acknowledged: NonNullable<Reference['acknowledged']> | undefined;
  incidentId: string | undefined;
};

/** One rule and subject, while it holds, stands, is hidden, or has just been over. */
export type AlarmEntry = {
  readonly key: string;
  /** As it was found last. */
  condition: Condition;
  firstSeenMs: number | undefined;
  lastSeenMs: number;
  occurrence: Occurrence | undefined;
  /** Occurrences that are over, oldest first. */
  past: Span[];
  /** How long it was active the last time, when that is over. */
  stayedMs: number | undefined;
  suppressedBy: string | undefined;
  /** As people see it; undefined where they do not. */
  alarm: Alarm | undefined;
};

/** Whether the condition holds, by its delays, and has made an alarm. */
export const isActive = ({ occurrence }: AlarmEntry): boolean => occurrence !== undefined && occurrence.returnedAtMs === undefined;

function occurrenceOf(alarm: Alarm): Occurrence | undefined {
  const { state, wasState, raisedAtMs, priority, returnedAtMs, acknowledgedAtMs, acknowledgedBy, incidentId } = alarm;
  const standing = state === 'active' || state === 'acknowledged' || state === 'returned' ? state : wasState;
  if (standing === undefined) return undefined;
  return {
    fromMs: raisedAtMs,
    activeSinceMs: raisedAtMs,
    returnedAtMs: standing === 'returned' ? (returnedAtMs ?? raisedAtMs) : undefined,
    worst: priority,
    acknowledged: standing === 'acknowledged' ? { by: acknowledgedBy ?? '', atMs: acknowledgedAtMs ?? raisedAtMs, priority } : undefined,
    incidentId,
  };
}

/** `alarm`: as the last run left it. */
export function entryOf(condition: Condition, nowMs: number, alarm?: Alarm): AlarmEntry {
  return { key: alarmKey(condition), condition, firstSeenMs: undefined, lastSeenMs: nowMs, occurrence: alarm && occurrenceOf(alarm), past: [], stayedMs: undefined, suppressedBy: alarm?.suppressedBy, alarm };
}

/** What an alarm says of its condition. */
export function conditionOf(alarm: Alarm): Omit<Condition, 'onDelayMs' | 'offDelayMs'> {
  const { rule, domain, priority, subject, title, place, lon, lat, cause, consequence, action, evidence, isLatching, causeGroup } = alarm;
  return { rule, domain, priority, subject, title, place, cause, consequence, action, evidence, ...(causeGroup !== '' && { causeGroup }), ...(lon !== undefined && { lon }), ...(lat !== undefined && { lat }), ...(isLatching !== undefined && { isLatching }) };
}

/** All that the log tells of an alarm that was never found here. */
export const keptCondition = ({ alarm: { rule, subject }, title, place, domain, priority }: KeptAlarm): Condition => ({
  rule, subject, title, place, domain, priority, cause: '', consequence: '', action: '', evidence: [], onDelayMs: 0, offDelayMs: 0,
});

/** Whether two findings say the same; the rest of a condition follows from these. */
export const isSameCondition = (a: Condition, b: Condition): boolean =>
  a === b || (a.priority === b.priority && a.title === b.title && a.cause === b.cause && a.evidence.length === b.evidence.length && a.evidence.every(({ label, text }, at) => label === b.evidence[at]?.label && text === b.evidence[at].text));
