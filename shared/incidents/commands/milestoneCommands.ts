import { z } from 'zod';
import { text } from '../../commands/declare.ts';
import { milestoneSchema } from '../incident.ts';
import type { Milestone } from '../incident.ts';
import { milestoneConflict, milestoneNames, withMilestone } from '../milestones.ts';
import { about, DECIDED, incidentCommand, incidentRef, untilClosed } from './incidentCommand.ts';
import type { CommandContext } from './incidentCommand.ts';

/** `reason`: why a time that is known already is corrected. */
const milestoneInput = z.object({
  ...incidentRef,
  milestone: milestoneSchema,
  atMs: z.number().optional(),
  reason: text(1000).optional(),
});
const milestoneEvent = z.object({
  kind: z.literal('incident.milestone'),
  ...about,
  milestone: milestoneSchema,
  atMs: z.number(),
  source: z.string(),
  reason: z.string().optional(),
});
const isMilestone = (field: string): boolean => milestoneSchema.safeParse(field).success;
const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000))} min`;

function taken(
  input: z.infer<typeof milestoneInput>,
  { incident, nowMs, refuse }: CommandContext,
): Omit<z.infer<typeof milestoneEvent>, 'kind'> {
  const takenAtMs = input.atMs ?? nowMs;
  if (takenAtMs > nowMs) refuse('A milestone cannot lie in the future.');
  const conflict = milestoneConflict(incident.milestones, input.milestone, takenAtMs);
  if (conflict !== undefined) refuse(conflict);
  const known = incident.milestones[input.milestone];
  if (known !== undefined && input.reason === undefined)
    refuse(
      `${milestoneNames[input.milestone]} (${input.milestone}) is known from ${known.by}. Say why it is corrected.`,
    );
  const reason = known === undefined ? undefined : input.reason;
  return {
    incidentId: incident.id,
    milestone: input.milestone,
    atMs: takenAtMs,
    source: 'operator',
    ...(reason !== undefined && { reason }),
  };
}

/** The commands with which people give the times T0 to T7. */
export const milestoneCommands = {
  'incident.milestone': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: milestoneInput,
    event: milestoneEvent,
    toEvent: taken,
    change: (incident, { event: { milestone, atMs, source }, by }) =>
      withMilestone(incident, milestone, { atMs, by, source }),
    line: (incident, { event: { milestone, atMs, source, reason }, by, atMs: writtenAtMs }) => {
      const earlierMs = writtenAtMs - atMs;
      const when = earlierMs >= 30_000 ? `, ${minutes(earlierMs)} before this entry` : '';
      const known = incident.milestones[milestone];
      const isCorrection =
        known !== undefined && 'milestones' in withMilestone(incident, milestone, { atMs, by, source });
      const correction = isCorrection ? `; corrects what was given by ${known.by}` : '';
      const why = reason === undefined ? '' : `: ${reason}`;
      return `${milestoneNames[milestone]} (${milestone})${when}${correction}${why}`;
    },
    claims: (event) => [[event.milestone, event.atMs]],
    settles: {
      isFor: (field, value) => isMilestone(field) && value !== null,
      toEvent: ({ incidentId, field, value }, context) =>
        taken({ incidentId, milestone: field as Milestone, atMs: Number(value), reason: DECIDED }, context),
    },
  }),
  /** Takes back a milestone that was given wrongly: its time is unknown again. */
  'incident.withdrawMilestone': incidentCommand({
    needs: 'incident.direct',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, milestone: milestoneSchema, reason: text(1000) }),
    event: z.object({
      kind: z.literal('incident.milestoneWithdrawn'),
      ...about,
      milestone: milestoneSchema,
      reason: z.string(),
    }),
    toEvent: (input, { incident, holderOf, refuse }) => {
      if (incident.milestones[input.milestone] === undefined) refuse(`${input.milestone} is not known.`);
      return {
        ...input,
        incidentId: holderOf((own) => own.milestones[input.milestone] !== undefined) ?? input.incidentId,
      };
    },
    change: (incident, { event: { milestone } }) => {
      const { [milestone]: _withdrawn, ...milestones } = incident.milestones;
      return { milestones };
    },
    line: (_incident, { event: { milestone, reason } }) =>
      `${milestoneNames[milestone]} (${milestone}) taken back: ${reason}`,
    claims: (event) => [[event.milestone, null]],
    settles: {
      isFor: (field, value) => isMilestone(field) && value === null,
      toEvent: ({ incidentId, field }) => ({ incidentId, milestone: field as Milestone, reason: DECIDED }),
    },
  }),
} as const;
