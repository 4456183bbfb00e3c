import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../alarms/alarm.ts';

/**
 * T0 to T7 of FHWA Traffic Incident Management (ops.fhwa.dot.gov/tim): occurs, first awareness, verified, response dispatched,
 * response arrives, all lanes (or service) restored, last responder left, normal again. Taken as the work goes on, never computed back.
 */
export const milestoneSchema = z.enum(['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']);
export type Milestone = z.infer<typeof milestoneSchema>;

export const incidentStatusSchema = z.enum(['reported', 'acknowledged', 'verified', 'dispatched', 'onScene', 'restored', 'resolved']);
export type IncidentStatus = z.infer<typeof incidentStatusSchema>;

export const incidentTypeSchema = z.enum([
  'crash', 'stalledVehicle', 'debris', 'congestion', 'transit', 'powerOutage', 'waterMain', 'leak', 'meter', 'sensor', 'citizen', 'other',
]);
export type IncidentType = z.infer<typeof incidentTypeSchema>;

/** How far a unit is with an incident; `stoodDown` until it says itself that it has left. */
const engagementSchema = z.object({
  unitId: z.string(),
  state: z.enum(['ordered', 'accepted', 'enRoute', 'onScene', 'stoodDown', 'left']),
  atMs: z.number(),
});
export type Engagement = z.infer<typeof engagementSchema>;

export const incidentSchema = z.object({
  id: z.string(),
  type: incidentTypeSchema,
  priority: alarmPrioritySchema,
  status: incidentStatusSchema,
  title: z.string(),
  place: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  subject: subjectSchema.optional(),
  alarmIds: z.array(z.string()),
  assignee: z.string().optional(),
  /** Units that are ordered here, on their way or on scene. */
  unitIds: z.array(z.string()),
  /** All units that were ever ordered here. */
  engagements: z.array(engagementSchema).optional(),
  openedAtMs: z.number(),
  changedAtMs: z.number(),
  resolvedAtMs: z.number().optional(),
  outcome: z.string().optional(),
  milestones: z.partialRecord(milestoneSchema, z.object({ atMs: z.number(), by: z.string(), source: z.string() })),
  /** The incident's own log, oldest first. */
  log: z.array(z.object({ id: z.string(), atMs: z.number(), actor: z.string(), text: z.string(), kind: z.string() })),
});
export type Incident = z.infer<typeof incidentSchema>;
