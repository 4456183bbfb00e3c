import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../alarms/alarm.ts';
import { incidentTypeSchema, milestoneSchema } from '../incidents/incident.ts';
import { command, nothing, text } from './declare.ts';

const incidentRef = { incidentId: z.string().min(1).max(100) };

/** The work on incidents. */
export const incidentRequests = {
  'incident.open': command(z.object({
    type: incidentTypeSchema, priority: alarmPrioritySchema, title: text(200), place: z.string().max(200),
    lon: z.number().min(-180).max(180).optional(), lat: z.number().min(-90).max(90).optional(),
    alarmIds: z.array(z.string().max(200)).max(500), subject: subjectSchema.optional(),
  }), z.object({ incidentId: z.string() }), 'operator'),
  'incident.acknowledge': command(z.object(incidentRef), nothing, 'operator'),
  'incident.assign': command(z.object({ ...incidentRef, assignee: text(100) }), nothing, 'operator'),
  'incident.note': command(z.object({ ...incidentRef, text: text(4000) }), nothing, 'operator'),
  'incident.milestone': command(z.object({ ...incidentRef, milestone: milestoneSchema, atMs: z.number().optional() }), nothing, 'operator'),
  'incident.orderUnit': command(z.object({ ...incidentRef, unitId: z.string().max(100), order: z.enum(['go', 'standDown']) }), nothing, 'dispatcher'),
  'incident.linkAlarm': command(z.object({ ...incidentRef, alarmId: z.string().max(200) }), nothing, 'operator'),
  'incident.resolve': command(z.object({ ...incidentRef, outcome: text(1000) }), nothing, 'dispatcher'),
  'incident.reopen': command(z.object({ ...incidentRef, reason: text(1000) }), nothing, 'dispatcher'),
} as const;
