import type { Incident, IncidentStatus } from './incident.ts';

/**
 * The furthest point that the incident has reached. The last unit may have left before the lanes are open; cleared it
 * is only when both are so.
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
