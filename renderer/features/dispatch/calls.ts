import { isUnanswered } from '../../../shared/dispatch/isUnanswered.ts';
import { isEngaged } from '../../../shared/incidents/engagement.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';

/** The state of the response to an incident, for the person who sends units. */
export type CallState = 'waiting' | 'unanswered' | 'ordered' | 'underWay' | 'onScene' | 'served';

export const callStateNames = {
  waiting: 'nobody sent',
  unanswered: 'order not accepted',
  ordered: 'ordered',
  underWay: 'on the way',
  onScene: 'on scene',
  served: 'units have left',
} as const satisfies Record<CallState, string>;

/** The state of the response now; an order that nobody accepts takes precedence over every other state. */
export function callState(
  { engagements = [], milestones }: Pick<Incident, 'engagements' | 'milestones'>,
  nowMs: number,
): CallState {
  const engaged = engagements.filter(isEngaged);
  const has = (...states: (typeof engaged)[number]['state'][]): boolean =>
    engaged.some(({ state }) => states.includes(state));
  if (engaged.some((each) => isUnanswered(each, nowMs))) return 'unanswered';
  if (has('onScene')) return 'onScene';
  if (has('enRoute', 'accepted')) return 'underWay';
  if (has('ordered')) return 'ordered';
  return milestones.T4 === undefined ? 'waiting' : 'served';
}

/** The clock's start: first awareness, which may be before the opening. */
export const awareAtMs = ({ milestones, openedAtMs }: Pick<Incident, 'milestones' | 'openedAtMs'>): number =>
  milestones.T1?.atMs ?? openedAtMs;

const needsSomebody = (state: CallState): boolean => state === 'waiting' || state === 'unanswered';

/**
 * Sorts open incidents in the dispatcher's order: by priority, then those that still need a unit, then the longest
 * clock.
 */
export function sortCalls(incidents: Iterable<Incident>, nowMs: number): { incident: Incident; state: CallState }[] {
  return [...incidents]
    .filter(({ status, mergedInto }) => status !== 'resolved' && mergedInto === undefined)
    .map((incident) => ({ incident, state: callState(incident, nowMs) }))
    .sort(
      (a, b) =>
        a.incident.priority - b.incident.priority ||
        Number(needsSomebody(b.state)) - Number(needsSomebody(a.state)) ||
        awareAtMs(a.incident) - awareAtMs(b.incident) ||
        a.incident.id.localeCompare(b.incident.id),
    );
}
