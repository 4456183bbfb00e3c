import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { IncidentAction } from '../../../shared/incidents/allowedActions.ts';
import type { Incident, IncidentStatus } from '../../../shared/incidents/incident.ts';

/** A button on the incident's page: an acknowledgement, a milestone that a person declares, or an end. */
export type Step = 'acknowledge' | 'T2' | 'T4' | 'T5' | 'T6' | 'T7' | 'resolve' | 'reopen';

export const stepLabels: Record<Step, string> = {
  acknowledge: 'Acknowledge',
  T2: 'Verified',
  T4: 'On scene',
  T5: 'Restored',
  T6: 'Last unit left',
  T7: 'Normal again',
  resolve: 'Resolve',
  reopen: 'Reopen',
};

const byStatus: Record<IncidentStatus, readonly Step[]> = {
  reported: ['acknowledge', 'T2', 'resolve'],
  acknowledged: ['T2', 'resolve'],
  verified: ['T5', 'resolve'],
  // Units are often sent before anybody could verify; the first one on scene then does.
  dispatched: ['T4', 'T2', 'T5', 'resolve'],
  onScene: ['T5', 'T2', 'resolve'],
  restored: ['T6', 'T7', 'T2', 'resolve'],
  cleared: ['T7', 'T2', 'resolve'],
  recovered: ['resolve', 'T2', 'T6'],
  resolved: ['reopen', 'T6', 'T7'],
};

const isEnd = (step: Step): step is 'acknowledge' | 'resolve' | 'reopen' =>
  step === 'acknowledge' || step === 'resolve' || step === 'reopen';

const actionOf = (step: Step): IncidentAction => (isEnd(step) ? step : 'milestone');

/**
 * The steps to offer, the likeliest first. None of them is a step that the engine would refuse, and no milestone is
 * offered twice.
 */
export function nextSteps(incident: Pick<Incident, 'status' | 'milestones'>): Step[] {
  const allowed = allowedActions(incident);
  return byStatus[incident.status].filter((step) => allowed.includes(actionOf(step)) && !(step in incident.milestones));
}
