import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../../alarms/alarm.ts';
import { text } from '../../commands/declare.ts';
import { may } from '../../people/permissions.ts';
import { defined } from '../fields.ts';
import { incidentTypeSchema } from '../incident.ts';
import type { Incident } from '../incident.ts';
import { decidedEffectSchema, undecidedEffects } from '../openEffects.ts';
import { playbookSchema } from '../playbook.ts';
import { needsReopenReason } from '../reopenWindow.ts';
import {
  about,
  always,
  byAuthor,
  DECIDED,
  handledCommand,
  id,
  incidentCommand,
  incidentRef,
  whileOpen,
} from './incidentCommand.ts';
import type { CommandContext } from './incidentCommand.ts';

/** The alarms that an incident is opened with, in an input. */
export const alarmIds = z.array(z.string().max(200)).max(500);
/** The facts that are given when an incident is opened, in an input. */
export const facts = {
  type: incidentTypeSchema,
  priority: alarmPrioritySchema,
  title: text(200),
  place: z.string().max(200),
  lon: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
};
/** The fields of an event that opens an incident. */
export const start = {
  type: incidentTypeSchema,
  priority: alarmPrioritySchema,
  title: z.string(),
  place: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  alarmIds: z.array(z.string()),
  subject: subjectSchema.optional(),
  /** First awareness (T1), where it was before the opening: when the alarm was raised. */
  awareAtMs: z.number().optional(),
  /** The playbook at that time, with what it asks of people; a later edit does not change it. */
  playbook: playbookSchema.optional(),
};

const editInput = z.object({ ...incidentRef, ...z.object(facts).partial().shape });
const editEvent = z.object({
  kind: z.literal('incident.edited'),
  ...about,
  title: z.string().optional(),
  type: incidentTypeSchema.optional(),
  priority: alarmPrioritySchema.optional(),
  place: z.string().optional(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  playbook: playbookSchema.optional(),
});
/** The facts in which people can contradict each other. */
const disputed = ['title', 'type', 'priority', 'place'] as const;

/** Another type has another playbook: what is asked of people changes with it, and what is ticked stays. */
function edited(
  input: z.infer<typeof editInput>,
  { incident, playbookOf, refuse }: CommandContext,
): Omit<z.infer<typeof editEvent>, 'kind'> {
  const changes = Object.fromEntries(
    Object.entries(input).filter(
      ([name, value]) => name !== 'incidentId' && value !== undefined && value !== incident[name as keyof Incident],
    ),
  );
  const isDisputed = (name: string): boolean => incident.conflicts?.some(({ field }) => field === name) ?? false;
  const kept = Object.fromEntries(
    Object.entries(input).filter(([name, value]) => value !== undefined && isDisputed(name)),
  );
  if (Object.keys(changes).length === 0 && Object.keys(kept).length === 0) refuse('Nothing is changed by this.');
  const isOtherType = input.type !== undefined && input.type !== incident.type;
  return {
    ...changes,
    ...kept,
    ...(isOtherType && { playbook: playbookOf(input.type ?? incident.type) }),
    incidentId: input.incidentId,
  };
}

function lineOfEdit({ lon, playbook, ...fields }: z.infer<typeof editEvent>): string {
  const words = disputed.flatMap((field) => (fields[field] === undefined ? [] : [`${field} ${String(fields[field])}`]));
  const rest = lon === undefined ? [] : ['place on the map'];
  return `Changed: ${[...words, ...rest, ...(playbook === undefined ? [] : ['playbook'])].join(', ')}`;
}

const opening = {
  'incident.open': handledCommand({
    needs: 'incident.handle',
    allowedIn: [],
    input: z.object({ ...facts, alarmIds, subject: subjectSchema.optional() }),
    output: z.object({ incidentId: z.string() }),
    event: z.object({ kind: z.literal('incident.opened'), ...about, ...start }),
    line: (_incident, { event }) => `Opened: ${event.title}`,
  }),
  'incident.acknowledge': incidentCommand({
    needs: 'incident.handle',
    allowedIn: ['reported'],
    refusal: (incident) => `${incident.id} has been acknowledged already.`,
    input: z.object(incidentRef),
    event: z.object({ kind: z.literal('incident.acknowledged'), ...about }),
    toEvent: (input) => input,
    change: (incident, entry) => ({ acknowledged: incident.acknowledged ?? byAuthor(entry) }),
    line: () => 'Acknowledged',
  }),
  'incident.edit': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: editInput,
    event: editEvent,
    toEvent: edited,
    change: (_incident, { event: { kind: _kind, incidentId: _incidentId, ...fields } }) => defined(fields),
    line: (_incident, { event }) => lineOfEdit(event),
    claims: (event) => disputed.flatMap((field) => (event[field] === undefined ? [] : [[field, event[field]]])),
    settles: {
      isFor: (field) => disputed.some((each) => each === field),
      toEvent: ({ incidentId, field, value }, context) => edited({ incidentId, [field]: value }, context),
    },
  }),
  'incident.note': incidentCommand({
    needs: 'incident.handle',
    allowedIn: always,
    input: z.object({ ...incidentRef, text: text(4000) }),
    event: z.object({ kind: z.literal('incident.noted'), ...about, text: z.string() }),
    toEvent: (input) => input,
    line: (_incident, { event }) => event.text,
  }),
} as const;

const resolveInput = z.object({
  ...incidentRef,
  outcome: text(1000),
  effects: z.array(decidedEffectSchema).max(2000).optional(),
  handOnTo: id.optional(),
});

/** An incident ends when it is said of everything that it has open what becomes of that. */
function resolved(
  { incidentId, outcome, effects = [], handOnTo }: z.infer<typeof resolveInput>,
  { incident, get, refuse }: CommandContext,
): { incidentId: string; outcome: string } {
  const undecided = undecidedEffects(incident, effects);
  if (undecided.length > 0)
    refuse(
      `Say what becomes of what ${incident.id} has open: ${undecided.map(({ text: words }) => words).join('; ')}.`,
    );
  if (effects.some(({ fate, kind }) => fate === 'keep' && kind !== 'publicMessage'))
    refuse('Only a message to the public can stay without an open incident.');
  if (!effects.some(({ fate }) => fate === 'handOn')) return { incidentId, outcome };
  const target = handOnTo === undefined ? refuse('Say which incident it is handed on to.') : get(handOnTo);
  if (target === undefined) refuse(`There is no incident ${String(handOnTo)}.`);
  else if (target.id === incident.id) refuse('An incident cannot hand on to itself.');
  else if (target.status === 'resolved') refuse(`${target.id} is resolved and takes over nothing.`);
  return { incidentId, outcome };
}

const ending = {
  /**
   * `effects`: what becomes of everything that the incident has open, units among it; without a decision for each of
   * them the command is refused. `handOnTo`: the open incident that takes over what is handed on.
   */
  'incident.resolve': {
    ...incidentCommand({
      needs: 'incident.direct',
      allowedIn: whileOpen,
      input: resolveInput,
      event: z.object({ kind: z.literal('incident.resolved'), ...about, outcome: z.string() }),
      toEvent: resolved,
      change: (_incident, { event, atMs }) => ({ resolvedAtMs: atMs, outcome: event.outcome }),
      line: (_incident, { event }) => `Resolved: ${event.outcome}`,
      claims: (event) => [['end', event.outcome]],
      settles: {
        isFor: (field, value) => field === 'end' && value !== null,
        toEvent: ({ incidentId, text: outcome }) => ({ incidentId, outcome }),
      },
    }),
    // What is open ends or is handed on with it.
    alsoWrites: [
      'incident.unitOrdered',
      'incident.roadClosed',
      'incident.roadOpened',
      'incident.diversionSet',
      'incident.diversionEnded',
      'incident.alertSet',
      'incident.alertEnded',
      'incident.outageStated',
      'incident.publicMessageSet',
    ],
  },
  /** The reason may be empty within `REOPEN_WINDOW_MS` after the end. */
  'incident.reopen': incidentCommand({
    needs: 'incident.direct',
    allowedIn: ['resolved', 'closed'],
    input: z.object({ ...incidentRef, reason: z.string().trim().max(1000) }),
    event: z.object({ kind: z.literal('incident.reopened'), ...about, reason: z.string() }),
    toEvent: (input, { incident, nowMs, author, refuse }) => {
      if (incident.review !== undefined && !may(author.role, 'incident.assess'))
        refuse(`${incident.id} has been reviewed and closed; only a supervisor reopens it.`);
      if (input.reason === '' && (incident.review !== undefined || needsReopenReason(incident, nowMs)))
        refuse('Say why it is reopened: its end is more than five minutes ago.');
      return input;
    },
    // Somebody has seen the incident now, even where nobody had before.
    change: (incident, entry) => ({
      resolvedAtMs: undefined,
      outcome: undefined,
      review: undefined,
      acknowledged: incident.acknowledged ?? byAuthor(entry),
    }),
    line: (_incident, { event: { reason } }) => (reason === '' ? 'Reopened' : `Reopened: ${reason}`),
    claims: () => [['end', null]],
    settles: {
      isFor: (field, value) => field === 'end' && value === null,
      toEvent: ({ incidentId }) => ({ incidentId, reason: DECIDED }),
    },
  }),
  /** `withoutT7`: why nobody can say when everything was normal again; needed where T7 is missing. */
  'incident.review': incidentCommand({
    needs: 'incident.assess',
    allowedIn: ['resolved'],
    input: z.object({ ...incidentRef, wentWell: text(4000), toImprove: text(4000), withoutT7: text(1000).optional() }),
    event: z.object({
      kind: z.literal('incident.reviewed'),
      ...about,
      wentWell: z.string(),
      toImprove: z.string(),
      withoutT7: z.string().optional(),
    }),
    toEvent: (input, { incident, refuse }) =>
      incident.milestones.T7 === undefined && input.withoutT7 === undefined
        ? refuse('Give the time when all was normal again (T7), or say why nobody knows it.')
        : input,
    // A review of an incident that somebody else has just reopened stays in the log and closes nothing.
    change: (incident, entry) => {
      const { wentWell, toImprove, withoutT7 } = entry.event;
      return incident.resolvedAtMs === undefined
        ? {}
        : { review: defined({ wentWell, toImprove, withoutT7, ...byAuthor(entry) }) };
    },
    line: (_incident, { event: { wentWell, toImprove } }) =>
      `Reviewed and closed. Went well: ${wentWell}. To improve: ${toImprove}`,
  }),
} as const;

/** The commands from the opening of an incident to its review. */
export const courseCommands = { ...opening, ...ending } as const;
