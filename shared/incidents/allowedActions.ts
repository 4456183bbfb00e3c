import type { Incident } from './incident.ts';

export type IncidentAction = 'acknowledge' | 'assign' | 'note' | 'milestone' | 'orderUnit' | 'linkAlarm' | 'resolve' | 'reopen';

const whileOpen: readonly IncidentAction[] = ['assign', 'note', 'milestone', 'orderUnit', 'linkAlarm', 'resolve'];
/** Traffic is often normal again long after the work is done, and what was forgotten is noted later. */
const whenResolved: readonly IncidentAction[] = ['note', 'milestone', 'reopen'];

/** What may be done with an incident now; the screen offers nothing else and the engine accepts nothing else. */
export function allowedActions(incident: Pick<Incident, 'status'>): readonly IncidentAction[] {
  if (incident.status === 'resolved') return whenResolved;
  return incident.status === 'reported' ? ['acknowledge', ...whileOpen] : whileOpen;
}
