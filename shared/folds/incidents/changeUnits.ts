import { engagementAfter, isEngaged } from '../../incidents/engagement.ts';
import type { Engagement, Incident } from '../../incidents/incident.ts';
import type { Change, EntryOf, EventOf } from './change.ts';
import { UNIT_SOURCE, withMilestone } from './changeMilestones.ts';

/** The units of an incident with one of them changed. */
export function withEngagement(
  engagements: readonly Engagement[] | undefined,
  engagement: Engagement,
): { engagements: Engagement[]; unitIds: string[] } {
  return engaged([...(engagements ?? []).filter(({ unitId }) => unitId !== engagement.unitId), engagement]);
}

/** The fields that follow from the engagements. */
export const engaged = (engagements: Engagement[]): { engagements: Engagement[]; unitIds: string[] } => ({
  engagements,
  unitIds: engagements.filter(isEngaged).map(({ unitId }) => unitId),
});

/**
 * An order of a person to a unit. The first one is the dispatch (T3). One that takes it from another incident stands it
 * down there.
 */
export function changeOrder(
  incident: Incident,
  { event: { incidentId, unitId, order }, atMs, author }: EntryOf<EventOf<'incident.unitOrdered'>>,
): Change {
  if (incident.id !== incidentId)
    return {
      fields: withEngagement(incident.engagements, { unitId, state: 'stoodDown', atMs }),
      text: `${unitId} diverted to ${incidentId}`,
    };
  const units = withEngagement(incident.engagements, { unitId, state: order === 'go' ? 'ordered' : 'stoodDown', atMs });
  if (order === 'standDown') return { fields: units, text: `${unitId} stood down` };
  const first =
    incident.milestones.T3 === undefined
      ? withMilestone(incident, 'T3', { atMs, by: author.name, source: `order to ${unitId}` })
      : {};
  return { fields: { ...units, ...first }, text: `${unitId} ordered to go` };
}

const unitWords = {
  dispatched: 'has the order',
  accepted: 'has accepted',
  enRoute: 'is on its way',
  onScene: 'is on scene',
  returning: 'has left',
  available: 'is available',
  offDuty: 'is off duty',
} as const;

/** What a unit said. The first that arrives is T4, the last that leaves is T6. */
export function changeReport(
  incident: Incident,
  { event: { unitId, status, atMs } }: EntryOf<EventOf<'incident.unitReported'>>,
): Change {
  const text = `${unitId} ${unitWords[status]}`;
  const known = incident.engagements?.find((engagement) => engagement.unitId === unitId);
  const state = known === undefined ? undefined : engagementAfter(known.state, status);
  if (state === undefined) return { fields: {}, text };
  const units = withEngagement(incident.engagements, { unitId, state, atMs });
  const by = { atMs, by: unitId, source: `${UNIT_SOURCE}${unitId}` };
  if (state === 'onScene') return { fields: { ...units, ...withMilestone(incident, 'T4', by) }, text };
  const isLastToLeave =
    state === 'left' &&
    incident.milestones.T4 !== undefined &&
    units.engagements.every((engagement) => engagement.state === 'left');
  return { fields: { ...units, ...(isLastToLeave && withMilestone(incident, 'T6', by)) }, text };
}
