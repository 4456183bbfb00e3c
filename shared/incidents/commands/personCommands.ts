import { z } from 'zod';
import { text } from '../../commands/declare.ts';
import { defined } from '../fields.ts';
import type { Incident } from '../incident.ts';
import { about, byAuthor, id, incidentCommand, incidentRef, whileOpen } from './incidentCommand.ts';
import type { CommandContext } from './incidentCommand.ts';

function standing(
  { incident: { handover }, refuse }: CommandContext,
  offer: string,
): NonNullable<Incident['handover']> {
  return handover?.offer === offer ? handover : refuse('This offer no longer stands.');
}
const endOf = (incident: Incident, offer: string): { handover?: undefined } =>
  incident.handover?.offer === offer ? { handover: undefined } : {};

/** The commands on who has an incident and to whom it is offered. */
export const personCommands = {
  /**
   * `expected`: who had the incident when the screen showed it, null for nobody. Where somebody else has it by now, the
   * command is refused with that name.
   */
  'incident.assign': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: z.object({ ...incidentRef, assignee: text(100), expected: z.string().max(100).nullable() }),
    event: z.object({ kind: z.literal('incident.assigned'), ...about, assignee: z.string() }),
    toEvent: ({ incidentId, assignee, expected }, { incident, refuse }) => {
      const now = incident.assignee ?? null;
      if (now !== expected) refuse(`${now ?? 'Nobody'} has ${incident.id} now.`);
      if (now === assignee && incident.conflicts?.some(({ field }) => field === 'assignee') !== true)
        refuse(`${assignee} has ${incident.id} already.`);
      return { incidentId, assignee };
    },
    change: (_incident, { event }) => ({ assignee: event.assignee, handover: undefined }),
    line: (_incident, { event }) => `Assigned to ${event.assignee}`,
    claims: (event) => [['assignee', event.assignee]],
    settles: {
      isFor: (field) => field === 'assignee',
      toEvent: ({ incidentId, text: assignee }) => ({ incidentId, assignee }),
    },
  }),
  'incident.offerHandover': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: z.object({ ...incidentRef, to: text(100), note: text(1000).optional() }),
    event: z.object({
      kind: z.literal('incident.handoverOffered'),
      ...about,
      to: z.string(),
      note: z.string().optional(),
    }),
    toEvent: (input, { incident, refuse }) =>
      incident.assignee === input.to ? refuse(`${input.to} has ${incident.id} already.`) : input,
    change: (_incident, entry) => {
      const { to, note } = entry.event;
      return { handover: defined({ offer: entry.id, to, note, ...byAuthor(entry) }) };
    },
    line: (_incident, { event: { to, note } }) => `Offered to ${to}${note === undefined ? '' : `: ${note}`}`,
  }),
  'incident.answerHandover': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: z.object({ ...incidentRef, offer: id, isAccepted: z.boolean(), reason: text(1000).optional() }),
    /** `offer`: the entry that made the offer; an answer to another offer changes nothing. */
    event: z.object({
      kind: z.literal('incident.handoverAnswered'),
      ...about,
      offer: z.string(),
      to: z.string(),
      isAccepted: z.boolean(),
      reason: z.string().optional(),
    }),
    toEvent: (input, context) => {
      const { author, refuse } = context;
      const offer = standing(context, input.offer);
      if (offer.to !== author.name && !input.isAccepted) refuse(`It is offered to ${offer.to}.`);
      return { ...input, to: author.name };
    },
    // The person who took it over has it, even where somebody who did not know of that decided otherwise: then there is
    // a conflict, which is shown.
    change: (incident, { event }) => ({
      ...endOf(incident, event.offer),
      ...(event.isAccepted && { assignee: event.to }),
    }),
    line: (_incident, { event: { isAccepted, to, reason } }) =>
      isAccepted ? `Taken over by ${to}` : `Declined by ${to}${reason === undefined ? '' : `: ${reason}`}`,
    claims: (event) => (event.isAccepted ? [['assignee', event.to]] : []),
  }),
  'incident.withdrawHandover': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: z.object({ ...incidentRef, offer: id }),
    event: z.object({ kind: z.literal('incident.handoverWithdrawn'), ...about, offer: z.string() }),
    toEvent: (input, context) => ({ ...input, offer: standing(context, input.offer).offer }),
    change: (incident, { event }) => endOf(incident, event.offer),
    line: () => 'Offer taken back',
  }),
} as const;
