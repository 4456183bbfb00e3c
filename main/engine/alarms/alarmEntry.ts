import type { Alarm, AlarmPriority } from '../../../shared/alarms/alarm.ts';
import type { KeptAlarm, Reference } from '../../../shared/folds/AlarmDeeds.ts';
import { alarmKey } from '../../../shared/alarms/alarmIdentity.ts';
import type { Span } from '../../../shared/alarms/alarmIdentity.ts';
import { isAlarmRule } from '../../../shared/alarms/alarmRules.ts';
import { causeGroupOf } from '../../../shared/alarms/causeGroup.ts';
import type { Condition } from '../domains/kit/Condition.ts';

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
  /** See `causeGroupOf`. */
  group: string;
  /** As people see it; undefined where they do not. */
  alarm: Alarm | undefined;
};

/** Whether the condition holds, by its delays, and has made an alarm. */
export const isActive = ({ occurrence }: AlarmEntry): boolean =>
  occurrence !== undefined && occurrence.returnedAtMs === undefined;

const groupOf = (condition: Condition): string => condition.causeGroup ?? causeGroupOf(condition);

function occurrenceOf(alarm: Alarm): Occurrence | undefined {
  const { state, wasState, raisedAtMs, priority, returnedAtMs, acknowledgedAtMs, acknowledgedBy, incidentId } = alarm;
  const standing = state === 'active' || state === 'acknowledged' || state === 'returned' ? state : wasState;
  if (standing === undefined) return undefined;
  return {
    fromMs: raisedAtMs,
    activeSinceMs: raisedAtMs,
    returnedAtMs: standing === 'returned' ? (returnedAtMs ?? raisedAtMs) : undefined,
    worst: priority,
    acknowledged:
      standing === 'acknowledged'
        ? { by: acknowledgedBy ?? '', atMs: acknowledgedAtMs ?? raisedAtMs, priority }
        : undefined,
    incidentId,
  };
}

/** `alarm`: as the last run left it. */
export function entryOf(condition: Condition, nowMs: number, alarm?: Alarm): AlarmEntry {
  return {
    key: alarmKey(condition),
    condition,
    firstSeenMs: undefined,
    lastSeenMs: nowMs,
    occurrence: alarm && occurrenceOf(alarm),
    past: [],
    stayedMs: undefined,
    suppressedBy: alarm?.suppressedBy,
    group: groupOf(condition),
    alarm,
  };
}

/** What an alarm says of its condition; undefined of a rule that this version does not have. */
export function conditionOf(alarm: Alarm): Omit<Condition, 'onDelayMs' | 'offDelayMs'> | undefined {
  const {
    rule,
    domain,
    priority,
    subject,
    title,
    place,
    lon,
    lat,
    cause,
    consequence,
    action,
    evidence,
    isLatching,
    causeGroup,
  } = alarm;
  if (!isAlarmRule(rule)) return undefined;
  return {
    rule,
    domain,
    priority,
    subject,
    title,
    place,
    cause,
    consequence,
    action,
    evidence,
    ...(causeGroup !== '' && { causeGroup }),
    ...(lon !== undefined && { lon }),
    ...(lat !== undefined && { lat }),
    ...(isLatching !== undefined && { isLatching }),
  };
}

/**
 * All that the log tells of an alarm that was never found here; undefined of a rule that this version does not have.
 */
export const keptCondition = ({
  alarm: { rule, subject },
  title,
  place,
  domain,
  priority,
}: KeptAlarm): Condition | undefined =>
  isAlarmRule(rule)
    ? {
        rule,
        subject,
        title,
        place,
        domain,
        priority,
        cause: '',
        consequence: '',
        action: '',
        evidence: [],
        onDelayMs: 0,
        offDelayMs: 0,
      }
    : undefined;

const isSameEvidence = (a: Condition['evidence'], b: Condition['evidence']): boolean =>
  a.length === b.length && a.every(({ label, text }, at) => label === b[at]?.label && text === b[at].text);
const isSameText = (a: Condition, b: Condition): boolean =>
  a.title === b.title &&
  a.place === b.place &&
  a.cause === b.cause &&
  a.causeGroup === b.causeGroup &&
  isSameEvidence(a.evidence, b.evidence);

/** Takes what was found now, and says what is new in it: the state may follow, or only words. */
export function takeCondition(entry: AlarmEntry, condition: Condition): 'state' | 'text' | undefined {
  const before = entry.condition;
  entry.condition = condition;
  if (before === condition) return undefined;
  const isSame = isSameText(before, condition);
  if (!isSame) entry.group = groupOf(condition);
  if (before.priority !== condition.priority) return 'state';
  return isSame ? undefined : 'text';
}

/** The alarm in the words of what was found last. */
export function reworded(alarm: Alarm, { condition, group }: AlarmEntry, nowMs: number): Alarm {
  const { title, place, lon, lat, cause, consequence, action, evidence } = condition;
  return {
    ...alarm,
    title,
    place,
    ...(lon !== undefined && { lon }),
    ...(lat !== undefined && { lat }),
    cause,
    consequence,
    action,
    evidence,
    causeGroup: group,
    changedAtMs: nowMs,
  };
}
