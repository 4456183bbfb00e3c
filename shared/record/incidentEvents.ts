import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../alarms/alarm.ts';
import { incidentTypeSchema, milestoneSchema } from '../incidents/incident.ts';
import { unitStatusWords } from '../wire/topics.ts';

/** What people and units did to incidents. */
export const incidentEvents = [
  z.object({
    kind: z.literal('incident.opened'), incidentId: z.string(), type: incidentTypeSchema, priority: alarmPrioritySchema,
    title: z.string(), place: z.string(), lon: z.number().optional(), lat: z.number().optional(),
    alarmIds: z.array(z.string()), subject: subjectSchema.optional(),
    /** First awareness, where that was before the opening: when the alarm was raised. */
    awareAtMs: z.number().optional(),
  }),
  z.object({ kind: z.literal('incident.acknowledged'), incidentId: z.string() }),
  z.object({ kind: z.literal('incident.assigned'), incidentId: z.string(), assignee: z.string() }),
  z.object({ kind: z.literal('incident.noted'), incidentId: z.string(), text: z.string() }),
  z.object({ kind: z.literal('incident.milestone'), incidentId: z.string(), milestone: milestoneSchema, atMs: z.number(), source: z.string() }),
  z.object({ kind: z.literal('incident.unitOrdered'), incidentId: z.string(), unitId: z.string(), order: z.enum(['go', 'standDown']) }),
  /** What a unit itself said; `atMs` is its own time. */
  z.object({ kind: z.literal('incident.unitReported'), incidentId: z.string(), unitId: z.string(), status: z.enum(unitStatusWords), atMs: z.number() }),
  z.object({ kind: z.literal('incident.linked'), incidentId: z.string(), alarmId: z.string() }),
  z.object({ kind: z.literal('incident.resolved'), incidentId: z.string(), outcome: z.string() }),
  z.object({ kind: z.literal('incident.reopened'), incidentId: z.string(), reason: z.string() }),
] as const;
