import { z } from 'zod';
import { text } from '../../commands/declare.ts';
import { defined, withItem, withoutItem } from '../fields.ts';
import { about, byAuthor, id, incidentCommand, incidentRef, untilClosed } from './incidentCommand.ts';

const callOutcome = z.enum(['reached', 'message', 'noAnswer']);
const callWords = { reached: 'reached', message: 'left a message', noAnswer: 'no answer' } as const;

/** The commands on the playbook's check list and contacts. */
export const taskCommands = {
  'incident.check': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, itemId: id, isDone: z.boolean() }),
    event: z.object({
      kind: z.literal('incident.checked'),
      ...about,
      itemId: z.string(),
      text: z.string(),
      isDone: z.boolean(),
    }),
    toEvent: (input, { incident, refuse }) => {
      const item =
        incident.playbook?.checkList.find((each) => each.id === input.itemId) ??
        refuse('The check list has no such item.');
      return { ...input, text: item.text };
    },
    change: (incident, entry) => {
      const { itemId, isDone } = entry.event;
      return {
        checks: isDone
          ? withItem(incident.checks, 'itemId', { itemId, ...byAuthor(entry) })
          : withoutItem(incident.checks, 'itemId', itemId),
      };
    },
    line: (_incident, { event }) => `${event.isDone ? 'Done' : 'Not done after all'}: ${event.text}`,
  }),
  /** Notes that a contact was called; every call is kept. */
  'incident.callContact': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, contactId: id, outcome: callOutcome, note: text(1000).optional() }),
    event: z.object({
      kind: z.literal('incident.contactCalled'),
      ...about,
      contactId: z.string(),
      name: z.string(),
      outcome: callOutcome,
      note: z.string().optional(),
    }),
    toEvent: (input, { incident, refuse }) => {
      const contact =
        incident.playbook?.contacts.find((each) => each.id === input.contactId) ?? refuse('There is no such contact.');
      return { ...input, name: contact.name };
    },
    change: (incident, entry) => {
      const { contactId, name, outcome, note } = entry.event;
      return { calls: [...(incident.calls ?? []), defined({ contactId, name, outcome, note, ...byAuthor(entry) })] };
    },
    line: (_incident, { event: { name, outcome, note } }) =>
      `Called ${name}: ${callWords[outcome]}${note === undefined ? '' : `. ${note}`}`,
  }),
} as const;
