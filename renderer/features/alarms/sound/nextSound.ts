import type { Alarm, AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../../shared/alarms/alarmStates.ts';

/** An unacknowledged alarm of these priorities sounds again after this time, in ms. */
export const repeatAfterMs = { 1: 10_000, 2: 30_000 } as const;

/** The sounds so far: the alarms that wait, and when each urgent priority was last heard. */
export type Heard = { waiting: ReadonlySet<string>; atMs: Readonly<Partial<Record<AlarmPriority, number>>> };

type Next = { sound: AlarmPriority | undefined; heard: Heard };

/**
 * Decides which sound to play now, at most one: that of the most urgent alarm that has newly become active, or else the
 * repetition of one that still waits. Pass only the alarms that this workstation should hear. `heard` is undefined at
 * the first call: the alarms that exist already are not new then, so only the urgent ones sound.
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
  // A clock that is set back must not silence anything.
  return lastMs === undefined || nowMs - lastMs >= repeatAfterMs[priority] || nowMs < lastMs;
}
