import type { Alarm, AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../../shared/alarms/alarmStates.ts';
import { compareAlarms } from '../alarmOrder.ts';

/** An unacknowledged alarm of these priorities sounds again after so long, in ms. */
export const repeatAfterMs = { 1: 10_000, 2: 30_000 } as const;

/** What has sounded already: the alarms that wait, and when each urgent priority was last heard. */
export type Heard = { waiting: ReadonlySet<string>; atMs: Readonly<Partial<Record<AlarmPriority, number>>> };

type Next = { sound: AlarmPriority | undefined; heard: Heard };

/**
 * What is to be heard now, at most one sound: of what has newly become active the most urgent, else a repetition of what still waits. Give it the alarms that
 * this workstation is to hear. `heard` undefined: the first look, when what is there already is not new; only the urgent is heard then.
 */
export function nextSound(alarms: Iterable<Alarm>, heard: Heard | undefined, nowMs: number): Next {
  const waiting = [...alarms].filter(isUnacknowledged).sort(compareAlarms);
  const isFresh = ({ id, state }: Alarm): boolean => heard !== undefined && state === 'active' && !heard.waiting.has(id);
  // The first in the order of the list is the most urgent of both kinds.
  const sound = waiting.find((alarm) => isFresh(alarm) || isDue(alarm.priority, heard, nowMs))?.priority;
  const atMs = sound === undefined ? (heard?.atMs ?? {}) : { ...heard?.atMs, [sound]: nowMs };
  return { sound, heard: { waiting: new Set(waiting.map(({ id }) => id)), atMs } };
}

function isDue(priority: AlarmPriority, heard: Heard | undefined, nowMs: number): boolean {
  if (priority !== 1 && priority !== 2) return false;
  const lastMs = heard?.atMs[priority];
  // A clock that was set back must not silence anything.
  return lastMs === undefined || nowMs - lastMs >= repeatAfterMs[priority] || nowMs < lastMs;
}
