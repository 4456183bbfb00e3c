import type { Alarm, AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../../shared/alarms/alarmStates.ts';

/** An unacknowledged alarm of these priorities sounds again after so long, in ms. */
export const repeatAfterMs = { 1: 10_000, 2: 30_000 } as const;

/** What has sounded already: the alarms that wait, and when each urgent priority was last heard. */
export type Heard = { waiting: ReadonlySet<string>; atMs: Readonly<Partial<Record<AlarmPriority, number>>> };

type Next = { sound: AlarmPriority | undefined; heard: Heard };

/**
 * What is to be heard now, at most one sound: of what has newly become active the most urgent, else a repetition of
 * what still waits. Give it the alarms that this workstation is to hear. `heard` undefined: the first look, when what
 * is there already is not new; only the urgent is heard then.
 */
export function nextSound(alarms: Iterable<Alarm>, heard: Heard | undefined, nowMs: number): Next {
  const waiting = new Set<string>();
  let sound: AlarmPriority | undefined;
  for (const alarm of alarms) {
    if (!isUnacknowledged(alarm)) continue;
    waiting.add(alarm.id);
    if (sound !== undefined && sound <= alarm.priority) continue;
    const isFresh = heard !== undefined && alarm.state === 'active' && !heard.waiting.has(alarm.id);
    if (isFresh || isDue(alarm.priority, heard, nowMs)) sound = alarm.priority;
  }
  return {
    sound,
    heard: { waiting, atMs: sound === undefined ? (heard?.atMs ?? {}) : { ...heard?.atMs, [sound]: nowMs } },
  };
}

function isDue(priority: AlarmPriority, heard: Heard | undefined, nowMs: number): boolean {
  if (priority !== 1 && priority !== 2) return false;
  const lastMs = heard?.atMs[priority];
  // A clock that was set back must not silence anything.
  return lastMs === undefined || nowMs - lastMs >= repeatAfterMs[priority] || nowMs < lastMs;
}
