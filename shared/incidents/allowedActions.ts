import type { Incident } from './incident.ts';

const personActions = ['assign', 'offerHandover', 'answerHandover', 'withdrawHandover'] as const;
const kinActions = [
  'linkAlarm',
  'unlinkAlarm',
  'makeSecondary',
  'makeIndependent',
  'merge',
  'unmerge',
  'split',
] as const;
const taskActions = ['check', 'callContact', 'notify', 'notificationDone'] as const;
const effectActions = [
  'closeRoad',
  'openRoad',
  'setDiversion',
  'endDiversion',
  'setAlert',
  'endAlert',
  'stateOutage',
  'attach',
  'withdrawAttachment',
  'setPublicMessage',
] as const;
export type IncidentAction =
  | (typeof personActions | typeof kinActions | typeof taskActions | typeof effectActions)[number]
  | 'acknowledge'
  | 'decide'
  | 'edit'
  | 'note'
  | 'milestone'
  | 'withdrawMilestone'
  | 'resolve'
  | 'reopen'
  | 'review'
  | 'orderUnit';

const whileOpen: readonly IncidentAction[] = [
  'decide',
  'edit',
  'note',
  'milestone',
  'withdrawMilestone',
  'resolve',
  ...personActions,
  'orderUnit',
  ...kinActions.filter((action) => action !== 'unmerge'),
  ...taskActions,
  ...effectActions,
];
/**
 * Traffic is often normal again long after the work is done, and what was forgotten is noted, told and opened later.
 */
const whenResolved: readonly IncidentAction[] = [
  'decide',
  'note',
  'milestone',
  'withdrawMilestone',
  'reopen',
  'review',
  'makeSecondary',
  'makeIndependent',
  'check',
  'callContact',
  'notificationDone',
  'openRoad',
  'endDiversion',
  'endAlert',
  'stateOutage',
  'attach',
  'withdrawAttachment',
  'setPublicMessage',
];
/** Closed by the supervisor: what is said later is added, and nothing is changed but what turns out to be disputed. */
const whenClosed: readonly IncidentAction[] = ['decide', 'note', 'reopen'];
/** The work goes on in the incident that it was merged into. */
const whenMerged: readonly IncidentAction[] = ['decide', 'note', 'unmerge'];

/** What may be done with an incident now; the screen offers nothing else and the engine accepts nothing else. */
export function allowedActions(
  incident: Pick<Incident, 'status' | 'review' | 'mergedInto'>,
): readonly IncidentAction[] {
  if (incident.mergedInto !== undefined) return whenMerged;
  if (incident.review !== undefined) return whenClosed;
  if (incident.status === 'resolved') return whenResolved;
  return incident.status === 'reported' ? ['acknowledge', ...whileOpen] : whileOpen;
}

/**
 * Within this time after its end an incident is reopened without a word: it was ended by mistake. Later it needs a
 * reason (IRIS).
 */
export const REOPEN_WINDOW_MS = 300_000;

/** Whether reopening now has to be explained. */
export const needsReopenReason = ({ resolvedAtMs }: Pick<Incident, 'resolvedAtMs'>, nowMs: number): boolean =>
  resolvedAtMs !== undefined && nowMs - resolvedAtMs > REOPEN_WINDOW_MS;
