import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';

const stateRank: Record<Alarm['state'], number> = {
  active: 0,
  returned: 1,
  acknowledged: 2,
  shelved: 3,
  suppressed: 3,
  outOfService: 3,
  cleared: 4,
};

/**
 * Sorts the most urgent first: by priority, then alarms that wait for an acknowledgement, then the newest. The id is
 * the tie-break, so that rows never swap at random.
 */
export function compareAlarms(a: Alarm, b: Alarm): number {
  return (
    a.priority - b.priority ||
    stateRank[a.state] - stateRank[b.state] ||
    b.raisedAtMs - a.raisedAtMs ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}

/**
 * True for the two highest priorities. Such alarms are never hidden in a group, and a banner and a sound report them
 * until somebody has acknowledged them.
 */
export const isUrgent = ({ priority }: Pick<Alarm, 'priority'>): boolean => priority <= 2;

/** Urgent and acknowledged by nobody, most urgent first. */
export const urgentWaiting = (alarms: Iterable<Alarm>): Alarm[] =>
  [...alarms].filter((alarm) => isUrgent(alarm) && isUnacknowledged(alarm)).sort(compareAlarms);
