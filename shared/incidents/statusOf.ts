import type { Incident, IncidentStatus } from './incident.ts';

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
