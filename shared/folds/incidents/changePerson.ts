import { entryId } from '../../record/logEntry.ts';
import type { Incident } from '../../incidents/incident.ts';
import { byAuthor, defined } from './change.ts';
import type { Change, EntryOf, EventOf } from './change.ts';

type PersonEvent = EventOf<
  'incident.assigned' | 'incident.handoverOffered' | 'incident.handoverAnswered' | 'incident.handoverWithdrawn'
>;

/** Who has the incident, and to whom it is offered. */
export function changePerson(incident: Incident, entry: EntryOf<PersonEvent>): Change {
  const { event } = entry;
  switch (event.kind) {
    case 'incident.assigned':
      return { fields: { assignee: event.assignee, handover: undefined }, text: `Assigned to ${event.assignee}` };
    case 'incident.handoverOffered':
      return {
        fields: { handover: defined({ offer: entryId(entry), to: event.to, note: event.note, ...byAuthor(entry) }) },
        text: `Offered to ${event.to}${event.note === undefined ? '' : `: ${event.note}`}`,
      };
    case 'incident.handoverAnswered': {
      const isStanding = incident.handover?.offer === event.offer;
      const text = event.isAccepted
        ? `Taken over by ${event.to}`
        : `Declined by ${event.to}${event.reason === undefined ? '' : `: ${event.reason}`}`;
      // Who took it over has it, even where somebody else, not knowing of it, decided otherwise: that is a conflict,
      // and shown.
      return {
        fields: { ...(isStanding && { handover: undefined }), ...(event.isAccepted && { assignee: event.to }) },
        text,
      };
    }
    case 'incident.handoverWithdrawn': {
      const isStanding = incident.handover?.offer === event.offer;
      return { fields: isStanding ? { handover: undefined } : {}, text: 'Offer taken back' };
    }
  }
}
