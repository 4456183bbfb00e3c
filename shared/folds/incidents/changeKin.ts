import type { Incident } from '../../incidents/incident.ts';
import type { Change, EntryOf, EventOf } from './change.ts';
import { engaged } from './changeUnits.ts';

export const linkAlarm = (incident: Incident, { event: { alarmId } }: EntryOf<EventOf<'incident.linked'>>): Change => ({
  fields: { alarmIds: [...new Set([...incident.alarmIds, alarmId])] },
  text: 'Another alarm belongs to it',
});

export const unlinkAlarm = (
  incident: Incident,
  { event: { alarmId } }: EntryOf<EventOf<'incident.unlinked'>>,
): Change => ({
  fields: { alarmIds: incident.alarmIds.filter((id) => id !== alarmId) },
  text: 'An alarm does not belong to it',
});

export const makeSecondary = (
  _incident: Incident,
  { event: { primaryId } }: EntryOf<EventOf<'incident.madeSecondary'>>,
): Change => ({ fields: { primaryId }, text: `Secondary incident of ${primaryId}` });

export const makeIndependent = (incident: Incident): Change => ({
  fields: { primaryId: undefined },
  text: `Not a secondary incident of ${incident.primaryId ?? 'another'} after all`,
});

export const mergeInto = (
  _incident: Incident,
  { event: { intoId, reason } }: EntryOf<EventOf<'incident.merged'>>,
): Change => ({ fields: { mergedInto: intoId }, text: `Merged into ${intoId}: ${reason}` });

export const unmerge = (incident: Incident, { event: { reason } }: EntryOf<EventOf<'incident.unmerged'>>): Change => ({
  fields: { mergedInto: undefined },
  text: `Taken out of ${incident.mergedInto ?? 'the other incident'} again: ${reason}`,
});

/** What the first incident gives away when a second one is split off. */
export function splitOff(
  incident: Incident,
  { event: { newId, title, alarmIds, engagements } }: EntryOf<EventOf<'incident.split'>>,
): Change {
  const gone = new Set(engagements.map(({ unitId }) => unitId));
  const units = engaged((incident.engagements ?? []).filter(({ unitId }) => !gone.has(unitId)));
  return {
    fields: {
      alarmIds: incident.alarmIds.filter((id) => !alarmIds.includes(id)),
      splitInto: [...(incident.splitInto ?? []), newId],
      ...units,
    },
    text: `Split off as ${newId}: ${title}`,
  };
}
