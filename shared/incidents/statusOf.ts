import type { Incident, IncidentStatus } from './incident.ts';

/**
 * The steps that an incident has really taken. A later step does not light an earlier one that nobody reported: an
 * incident may be resolved without a unit ever having been on scene.
 */
export function stepsTaken({
  resolvedAtMs,
  milestones: { T2, T3, T4, T5, T6, T7 },
  acknowledged,
  mergedInto,
}: Pick<Incident, 'resolvedAtMs' | 'milestones' | 'acknowledged' | 'mergedInto'>): ReadonlySet<IncidentStatus> {
  const taken: Record<IncidentStatus, boolean> = {
    reported: true,
    acknowledged: acknowledged !== undefined,
    verified: T2 !== undefined,
    dispatched: T3 !== undefined,
    onScene: T4 !== undefined,
    restored: T5 !== undefined,
    cleared: T5 !== undefined && T6 !== undefined,
    recovered: T7 !== undefined,
    resolved: resolvedAtMs !== undefined || mergedInto !== undefined,
  };
  return new Set((Object.keys(taken) as IncidentStatus[]).filter((step) => taken[step]));
}

/**
 * The status of an incident: the furthest point that it has reached. The last unit may leave before the lanes are open;
 * the incident is cleared only when both have happened.
 */
export function statusOf({
  resolvedAtMs,
  milestones,
  acknowledged,
}: Pick<Incident, 'resolvedAtMs' | 'milestones' | 'acknowledged'>): IncidentStatus {
  if (resolvedAtMs !== undefined) return 'resolved';
  const { T2, T3, T4, T5, T6, T7 } = milestones;
  if (T7) return 'recovered';
  if (T5) return T6 ? 'cleared' : 'restored';
  if (T4) return 'onScene';
  if (T3) return 'dispatched';
  if (T2) return 'verified';
  return acknowledged ? 'acknowledged' : 'reported';
}
