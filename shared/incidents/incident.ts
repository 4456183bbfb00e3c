import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../alarms/alarm.ts';
import { unitStatusWords } from '../wire/topics.ts';

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

/** Everything that people did to incidents and alarms: the events of the operators' record. Append-only. */
export const recordEventSchema = z.discriminatedUnion('kind', [
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
  z.object({ kind: z.literal('alarm.acknowledged'), alarmId: z.string(), title: z.string() }),
  z.object({ kind: z.literal('system.noted'), text: z.string() }),
]);
export type RecordEvent = z.infer<typeof recordEventSchema>;

/** An event as it stands in the record: who, when, and its place in the hash chain. */
export const recordEntrySchema = z.object({
  seq: z.number().int(),
  atMs: z.number(),
  actor: z.string(),
  event: recordEventSchema,
  hash: z.string(),
});
export type RecordEntry = z.infer<typeof recordEntrySchema>;

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
  log: z.array(z.object({ seq: z.number(), atMs: z.number(), actor: z.string(), text: z.string(), kind: z.string() })),
});
export type Incident = z.infer<typeof incidentSchema>;
