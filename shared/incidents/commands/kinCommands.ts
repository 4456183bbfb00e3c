import { z } from 'zod';
import { nothing, text } from '../../commands/declare.ts';
import { engaged } from '../engagement.ts';
import { engagementSchema } from '../incident.ts';
import type { Incident } from '../incident.ts';
import { alarmIds, facts, start } from './courseCommands.ts';
import {
  about,
  always,
  DECIDED,
  handledCommand,
  id,
  incidentCommand,
  incidentRef,
  untilClosed,
  whileOpen,
} from './incidentCommand.ts';
import type { CommandContext } from './incidentCommand.ts';

const alarmRef = { alarmId: z.string().max(200) };
const known = ({ get, refuse }: CommandContext, incidentId: string): Incident =>
  get(incidentId) ?? refuse(`There is no incident ${incidentId}.`);

const alarmLinks = {
  'incident.linkAlarm': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: z.object({ ...incidentRef, ...alarmRef }),
    event: z.object({ kind: z.literal('incident.linked'), ...about, alarmId: z.string() }),
    toEvent: (input) => input,
    change: (incident, { event }) => ({ alarmIds: [...new Set([...incident.alarmIds, event.alarmId])] }),
    line: () => 'Another alarm belongs to it',
  }),
  'incident.unlinkAlarm': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: z.object({ ...incidentRef, ...alarmRef }),
    event: z.object({ kind: z.literal('incident.unlinked'), ...about, alarmId: z.string() }),
    toEvent: (input, { holderOf, refuse }) => ({
      ...input,
      incidentId:
        holderOf((own) => own.alarmIds.includes(input.alarmId)) ?? refuse('This alarm does not belong to it.'),
    }),
    change: (incident, { event }) => ({ alarmIds: incident.alarmIds.filter((alarmId) => alarmId !== event.alarmId) }),
    line: () => 'An alarm does not belong to it',
  }),
} as const;

const consequences = {
  'incident.makeSecondary': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, primaryId: id }),
    event: z.object({ kind: z.literal('incident.madeSecondary'), ...about, primaryId: z.string() }),
    toEvent: (input, context) => {
      const { incident, refuse } = context;
      const primary = known(context, input.primaryId);
      if (primary.id === incident.id) refuse('An incident cannot be secondary to itself.');
      if (primary.primaryId === incident.id) refuse(`${primary.id} is a secondary incident of ${incident.id}.`);
      return input;
    },
    change: (_incident, { event }) => ({ primaryId: event.primaryId }),
    line: (_incident, { event }) => `Secondary incident of ${event.primaryId}`,
    claims: (event) => [['primaryId', event.primaryId]],
    settles: {
      isFor: (field, value) => field === 'primaryId' && value !== null,
      toEvent: ({ incidentId, text: primaryId }) => ({ incidentId, primaryId }),
    },
  }),
  'incident.makeIndependent': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object(incidentRef),
    event: z.object({ kind: z.literal('incident.madeIndependent'), ...about }),
    toEvent: (input, { incident, refuse }) =>
      incident.primaryId === undefined ? refuse(`${incident.id} is no secondary incident.`) : input,
    change: () => ({ primaryId: undefined }),
    line: (incident) => `Not a secondary incident of ${incident.primaryId ?? 'another'} after all`,
    claims: () => [['primaryId', null]],
    settles: {
      isFor: (field, value) => field === 'primaryId' && value === null,
      toEvent: ({ incidentId }) => ({ incidentId }),
    },
  }),
} as const;

const mergers = {
  'incident.merge': incidentCommand({
    needs: 'incident.direct',
    allowedIn: whileOpen,
    input: z.object({ ...incidentRef, intoId: id, reason: text(1000) }),
    event: z.object({ kind: z.literal('incident.merged'), ...about, intoId: z.string(), reason: z.string() }),
    toEvent: (input, context) => {
      const { incident, refuse } = context;
      const into = known(context, input.intoId);
      if (into.id === incident.id) refuse('An incident cannot be merged into itself.');
      if (into.mergedInto !== undefined) refuse(`${into.id} is a part of ${into.mergedInto}. Merge into that.`);
      if (into.review !== undefined) refuse(`${into.id} has been reviewed and closed.`);
      return input;
    },
    change: (_incident, { event }) => ({ mergedInto: event.intoId }),
    line: (_incident, { event: { intoId, reason } }) => `Merged into ${intoId}: ${reason}`,
    claims: (event) => [['mergedInto', event.intoId]],
    settles: {
      isFor: (field, value) => field === 'mergedInto' && value !== null,
      toEvent: ({ incidentId, text: intoId }, context) => {
        known(context, intoId);
        return { incidentId, intoId, reason: DECIDED };
      },
    },
  }),
  'incident.unmerge': incidentCommand({
    needs: 'incident.direct',
    allowedIn: ['merged'],
    refusal: (incident) => `${incident.id} is not merged into another.`,
    input: z.object({ ...incidentRef, reason: text(1000) }),
    event: z.object({ kind: z.literal('incident.unmerged'), ...about, reason: z.string() }),
    toEvent: (input) => input,
    change: () => ({ mergedInto: undefined }),
    line: (incident, { event }) => `Taken out of ${incident.mergedInto ?? 'the other incident'} again: ${event.reason}`,
    claims: () => [['mergedInto', null]],
    settles: {
      isFor: (field, value) => field === 'mergedInto' && value === null,
      toEvent: ({ incidentId }) => ({ incidentId, reason: DECIDED }),
    },
  }),
  /** Opens a new incident with the named alarms and units of this one. */
  'incident.split': handledCommand({
    needs: 'incident.direct',
    allowedIn: whileOpen,
    input: z.object({ ...incidentRef, ...facts, alarmIds, unitIds: z.array(z.string().max(100)).max(100) }),
    output: z.object({ incidentId: z.string() }),
    /** Opens `newId` with a part of what belonged to the first. */
    event: z.object({
      kind: z.literal('incident.split'),
      ...about,
      newId: z.string(),
      ...start,
      engagements: z.array(engagementSchema),
    }),
    // The first incident gives these away.
    change: (incident, { event }) => {
      const gone = new Set(event.engagements.map(({ unitId }) => unitId));
      return {
        alarmIds: incident.alarmIds.filter((alarmId) => !event.alarmIds.includes(alarmId)),
        splitInto: [...(incident.splitInto ?? []), event.newId],
        ...engaged((incident.engagements ?? []).filter(({ unitId }) => !gone.has(unitId))),
      };
    },
    line: (_incident, { event: { newId, title } }) => `Split off as ${newId}: ${title}`,
  }),
} as const;

/** The commands on how an incident belongs to alarms and to other incidents. */
export const kinCommands = {
  ...alarmLinks,
  ...consequences,
  ...mergers,
  /**
   * Settles a conflict in favour of one of its claims (see `conflictSchema`) by the event of the command that makes
   * such a claim, and needs the permission of that command, too.
   */
  'incident.decide': {
    audience: 'desk',
    needs: 'incident.handle',
    allowedIn: always,
    isCommand: true,
    input: z.object({
      ...incidentRef,
      field: z.string().max(50),
      value: z.union([z.string().max(4000), z.number(), z.null()]),
    }),
    output: nothing,
  },
} as const;
