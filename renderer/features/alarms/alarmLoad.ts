import type { Alarm } from '../../../shared/alarms/alarm.ts';

const TEN_MINUTES_MS = 10 * 60_000;
const HOUR_MS = 60 * 60_000;

/** Manageable load of one operating position (ISA-18.2 / EEMUA 191): about one alarm in 10 minutes, two at the most; above ten it is a flood. */
export const loadLimits = { target: 1, most: 2, flood: 10 } as const;

export type LoadLevel = 'calm' | 'busy' | 'high' | 'flood';
export type AlarmLoad = { lastTenMinutes: number; lastHour: number; level: LoadLevel };

/** Onsets by alarm id, so that an alarm that has come and gone still counts as load. */
export type Onsets = ReadonlyMap<string, number>;

/** The onsets known before and those of the present alarms, without what is older than an hour. Maintenance is no load of the operator's. */
export function addOnsets(known: Onsets, alarms: Iterable<Alarm>, nowMs: number): Onsets {
  const next = new Map<string, number>();
  const keep = (id: string, raisedAtMs: number): void => {
    if (raisedAtMs > nowMs - HOUR_MS) next.set(id, raisedAtMs);
  };
  for (const [id, raisedAtMs] of known) keep(id, raisedAtMs);
  for (const alarm of alarms) if (alarm.domain !== 'maintenance') keep(alarm.id, alarm.raisedAtMs);
  return next;
}

export function alarmLoad(onsets: Onsets, nowMs: number): AlarmLoad {
  const since = (fromMs: number): number => [...onsets.values()].filter((raisedAtMs) => raisedAtMs > fromMs && raisedAtMs <= nowMs).length;
  const lastTenMinutes = since(nowMs - TEN_MINUTES_MS);
  return { lastTenMinutes, lastHour: since(nowMs - HOUR_MS), level: levelOf(lastTenMinutes) };
}

function levelOf(lastTenMinutes: number): LoadLevel {
  if (lastTenMinutes > loadLimits.flood) return 'flood';
  if (lastTenMinutes > loadLimits.most) return 'high';
  return lastTenMinutes > loadLimits.target ? 'busy' : 'calm';
}
