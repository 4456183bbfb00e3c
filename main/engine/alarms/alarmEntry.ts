import type { Alarm, AlarmPriority } from '../../../shared/alarms/alarm.ts';
import type { KeptAlarm, Reference } from '../../../shared/folds/AlarmActions.ts';
import { alarmKey } from '../../../shared/alarms/alarmIdentity.ts';
import type { Span } from '../../../shared/alarms/alarmIdentity.ts';
import { HOUR_MS } from '../../../shared/base/durations.ts';
import { isAlarmRule } from '../../../shared/alarms/alarmRules.ts';
import { causeGroupOf } from '../../../shared/alarms/causeGroup.ts';
import type { Condition } from '../domains/kit/Condition.ts';

/** One occurrence of an alarm, from its raising to its end. */
export type Occurrence = {
  fromMs: number;
  /** Since when it has been active without a break. */
  activeSinceMs: number;
  returnedAtMs: number | undefined;
  /** The most urgent priority that it has had. */
  worst: AlarmPriority;
  /** The acknowledgement that the last run saved, for where the log has none. */
  acknowledged: NonNullable<Reference['acknowledged']> | undefined;
  incidentId: string | undefined;
};

/**
 * One rule and subject, kept while its condition holds, while its alarm stands or is hidden, and shortly after its end.
 */
export type AlarmEntry = {
  readonly key: string;
  /** The condition as it was found last. */
  condition: Condition;
  firstSeenMs: number | undefined;
  lastSeenMs: number;
  occurrence: Occurrence | undefined;
  /** Occurrences that are over, oldest first. */
  past: Span[];
  /** How long it was active the last time; undefined while it is active. */
  stayedMs: number | undefined;
  suppressedBy: string | undefined;
  /** See `causeGroupOf`. */
  group: string;
  /** The alarm as people see it; undefined where they see none. */
  alarm: Alarm | undefined;
};

/** Whether the condition holds, by its delays, and has made an alarm. */
export const isActive = ({ occurrence }: AlarmEntry): boolean =>
  occurrence !== undefined && occurrence.returnedAtMs === undefined;

/**
 * An alarm that nobody acknowledged goes to the history so long after it returned to normal: what it called for is over
 * by then, and a list of thousands of old alarms hides the present ones.
 */
const LAPSES_AFTER_MS = { 1: 8 * HOUR_MS, 2: 8 * HOUR_MS, 3: 2 * HOUR_MS, 4: 2 * HOUR_MS } as const;

/** Whether the alarm returned to normal so long ago that it waits for nobody any more. */
export const hasLapsed = ({ occurrence }: Pick<AlarmEntry, 'occurrence'>, nowMs: number): boolean =>
  occurrence?.returnedAtMs !== undefined && nowMs - occurrence.returnedAtMs >= LAPSES_AFTER_MS[occurrence.worst];

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

/** The condition that an alarm was made from; undefined for a rule that this version does not have. */
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
 * All that the log says about an alarm whose condition was never found here; undefined for a rule that this version
 * does not have.
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

/**
 * Takes the condition as it was found now, and returns what is new in it: facts that may change the state, or text
 * alone.
 */
export function takeCondition(entry: AlarmEntry, condition: Condition): 'state' | 'text' | undefined {
  const before = entry.condition;
  entry.condition = condition;
  if (before === condition) return undefined;
  const isSame = isSameText(before, condition);
  if (!isSame) entry.group = groupOf(condition);
  if (before.priority !== condition.priority) return 'state';
  return isSame ? undefined : 'text';
}

/** The alarm with the text of the condition that was found last. */
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
