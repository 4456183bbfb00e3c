import type { Alarm } from '../alarms/alarm.ts';
import type { ProposedAlarm } from './proposal.ts';

/**
 * What a person refused: that these alarms and incidents are one, or, after a split, that those in `apart` belong to
 * the rest.
 */
export type Refusal = {
  alarms: readonly ProposedAlarm[];
  incidentIds: readonly string[];
  /** Absent: the whole set was refused. */
  apart?: readonly ProposedAlarm[];
  by: string;
  atMs: number;
  reason: string;
};

/**
 * Two onsets of an alarm no further apart than this mean the same trouble: workstations find an alarm some seconds
 * apart, and one that comes again so soon is the same. Milliseconds.
 */
const SAME_ALARM_MS = 10 * 60_000;

/** Whether an answer meant this alarm. */
export const isMeant = (
  { rule, subject, raisedAtMs }: ProposedAlarm,
  alarm: Pick<Alarm, 'rule' | 'subject' | 'raisedAtMs'>,
): boolean =>
  rule === alarm.rule &&
  subject.kind === alarm.subject.kind &&
  subject.id === alarm.subject.id &&
  Math.abs(raisedAtMs - alarm.raisedAtMs) <= SAME_ALARM_MS;

type Set = { alarms: readonly Alarm[]; incidentIds: readonly string[] };

/**
 * Whether the set has something new: an alarm of another domain or of a higher priority than all that were refused, or
 * another incident.
 */
function hasNews({ alarms, incidentIds }: Set, refusal: Refusal): boolean {
  const domains = new Set(refusal.alarms.map(({ domain }) => domain));
  const highest = Math.min(...refusal.alarms.map(({ priority }) => priority));
  const isKnown = (alarm: Alarm): boolean => refusal.alarms.some((meant) => isMeant(meant, alarm));
  return (
    alarms.some((alarm) => alarm.priority < highest || (!isKnown(alarm) && !domains.has(alarm.domain))) ||
    incidentIds.some((id) => !refusal.incidentIds.includes(id))
  );
}

/**
 * The last refusal that concerns a proposed set, and whether it still holds. A refusal concerns a set that contains at
 * least two of what was refused; it holds until something of another domain or a higher priority joins.
 */
export function refusalOf(set: Set, refusals: readonly Refusal[]): { refusal: Refusal; holds: boolean } | undefined {
  const whole = refusals.filter(({ apart }) => apart === undefined).sort((a, b) => b.atMs - a.atMs);
  for (const refusal of whole) {
    const refused =
      set.alarms.filter((alarm) => refusal.alarms.some((meant) => isMeant(meant, alarm))).length +
      set.incidentIds.filter((id) => refusal.incidentIds.includes(id)).length;
    if (refused >= 2) return { refusal, holds: !hasNews(set, refusal) };
  }
  return undefined;
}
