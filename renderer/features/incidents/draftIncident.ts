import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import type { IncidentType } from '../../../shared/incidents/incident.ts';
import { typeOfDomain } from './typeOfDomain.ts';

/** What the form starts with, and what is sent when it is confirmed. */
export type IncidentDraft = RequestInput<'incident.open'>;

export const emptyDraft: IncidentDraft = { type: 'other', priority: 3, title: '', place: '', alarmIds: [] };

/** An incident as the alarm suggests it. */
export function draftFromAlarm(alarm: Alarm): IncidentDraft {
  return {
    type: typeOf(alarm),
    priority: alarm.priority,
    title: alarm.title.slice(0, 200),
    place: alarm.place.slice(0, 200),
    alarmIds: [alarm.id],
    subject: alarm.subject,
    ...(alarm.lon !== undefined && alarm.lat !== undefined ? { lon: alarm.lon, lat: alarm.lat } : {}),
  };
}

/** An incident at a spot of the map. */
export function draftAtPlace(lon: number, lat: number): IncidentDraft {
  return { ...emptyDraft, place: `${lat.toFixed(5)}, ${lon.toFixed(5)}`, lon, lat };
}

/** The rule's name tells more than its domain where it says crash or leak. */
function typeOf({ rule, domain }: Alarm): IncidentType {
  if (/crash|incident/i.test(rule)) return 'crash';
  if (/leak/i.test(rule)) return 'leak';
  return typeOfDomain[domain];
}
