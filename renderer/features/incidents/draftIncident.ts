import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { requests } from '../../../shared/contract/contract.ts';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import type { AlarmDomainInfo } from '../../../shared/alarms/alarmDomains.ts';
import { defined } from '../../../shared/incidents/fields.ts';
import { incidentTypeSchema } from '../../../shared/incidents/incident.ts';
import type { IncidentType } from '../../../shared/incidents/incident.ts';

/** The initial contents of the form, and what is sent when it is confirmed. */
export type IncidentDraft = RequestInput<'incident.open'>;

export const emptyDraft: IncidentDraft = { type: 'other', priority: 3, title: '', place: '', alarmIds: [] };

const OPENING = 'incident.open:';

/**
 * The key under which a form that opens an incident keeps what is typed: forms about other alarms or places have other
 * keys, so that no words come to stand beside what they are not about.
 */
export function openingKey({
  title: _title,
  place: _place,
  type: _type,
  priority: _priority,
  ...about
}: IncidentDraft): string {
  return OPENING + JSON.stringify(about);
}

/** The form to go on with, of which somebody has typed a part, given the keys of the drafts; the last one counts. */
export function unfinishedOpening(keys: Iterable<string>): IncidentDraft | undefined {
  const key = [...keys].findLast((each) => each.startsWith(OPENING));
  if (key === undefined) return undefined;
  const about = requests['incident.open'].input.partial().safeParse(JSON.parse(key.slice(OPENING.length)));
  return about.success ? { ...emptyDraft, ...defined(about.data) } : undefined;
}

/** Makes the draft of an incident from what an alarm says. */
export function draftFromAlarm(alarm: Alarm, alarmDomains: readonly AlarmDomainInfo[]): IncidentDraft {
  return {
    type: typeOf(alarm, alarmDomains),
    priority: alarm.priority,
    title: alarm.title.slice(0, 200),
    place: alarm.place.slice(0, 200),
    alarmIds: [alarm.id],
    subject: alarm.subject,
    ...(alarm.lon !== undefined && alarm.lat !== undefined ? { lon: alarm.lon, lat: alarm.lat } : {}),
  };
}

/** Makes the draft of an incident at a spot of the map. */
export function draftAtPlace(lon: number, lat: number): IncidentDraft {
  return { ...emptyDraft, place: `${lat.toFixed(5)}, ${lon.toFixed(5)}`, lon, lat };
}

/** The type of incident for an alarm. The rule's name says more than its domain where it names a crash or a leak. */
function typeOf({ rule, domain }: Alarm, alarmDomains: readonly AlarmDomainInfo[]): IncidentType {
  if (/crash|incident/i.test(rule)) return 'crash';
  if (/leak/i.test(rule)) return 'leak';
  const usual = incidentTypeSchema.safeParse(alarmDomains.find(({ id }) => id === domain)?.incidentType);
  return usual.success ? usual.data : 'other';
}
