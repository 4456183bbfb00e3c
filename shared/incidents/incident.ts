import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../alarms/alarm.ts';
import { playbookSchema } from './playbook.ts';

/**
 * The milestones T0 to T7 of FHWA Traffic Incident Management (ops.fhwa.dot.gov/tim): occurs, first awareness,
 * verified, response dispatched, response arrives, all lanes (or service) restored, last responder left, normal again.
 * Their times are taken as the work goes on, never computed afterwards.
 */
export const milestoneSchema = z.enum(['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']);
export type Milestone = z.infer<typeof milestoneSchema>;

/**
 * The status of an incident. `resolved` is the end of the work; the review follows, with which a supervisor closes the
 * incident.
 */
export const incidentStatusSchema = z.enum([
  'reported',
  'acknowledged',
  'verified',
  'dispatched',
  'onScene',
  'restored',
  'cleared',
  'recovered',
  'resolved',
]);
export type IncidentStatus = z.infer<typeof incidentStatusSchema>;

/** The types of incidents. Each has its own playbook and service level. */
export const incidentTypeSchema = z.enum([
  'crash',
  'stalledVehicle',
  'debris',
  'congestion',
  'transit',
  'powerOutage',
  'waterMain',
  'leak',
  'meter',
  'sensor',
  'citizen',
  'other',
]);
export type IncidentType = z.infer<typeof incidentTypeSchema>;

/** How far a unit is with an incident; `stoodDown` lasts until the unit itself reports that it has left. */
export const engagementSchema = z.object({
  unitId: z.string(),
  state: z.enum(['ordered', 'accepted', 'enRoute', 'onScene', 'stoodDown', 'left']),
  atMs: z.number(),
});
export type Engagement = z.infer<typeof engagementSchema>;

/** Who did it, and when it was written down. */
const done = { by: z.string(), atMs: z.number() };
const milestoneEntrySchema = z.object({ atMs: z.number(), by: z.string(), source: z.string() });

/**
 * A field of which people who did not know of each other said different things. The last claim counts until somebody
 * who has seen both decides; what the value means follows from `field`: `assignee`, `T0` … `T7` (UTC ms), `title`,
 * `priority` …, `end` (the outcome). Null: none.
 */
const conflictSchema = z.object({
  field: z.string(),
  claims: z.array(z.object({ ...done, workstation: z.string(), value: z.union([z.string(), z.number(), z.null()]) })),
});
export type Conflict = z.infer<typeof conflictSchema>;

/**
 * How far a notification is. `asked`: waits for its turn. `sending`: handed over, no answer yet. `retrying`: failed and
 * will be tried again at `retryAtMs`. `sent`: the other side took it. `byHand`: a person has to do it, for `reason`.
 * `uncertain`: may have arrived; a person has to ask. `done`: a person did it.
 */
const notificationSchema = z.object({
  id: z.string(),
  name: z.string(),
  channel: z.enum(['email', 'webhook', 'hand']),
  to: z.string().optional(),
  subject: z.string(),
  text: z.string(),
  state: z.enum(['asked', 'sending', 'retrying', 'sent', 'byHand', 'uncertain', 'done']),
  attempts: z.number().int(),
  askedBy: z.string(),
  askedAtMs: z.number(),
  changedAtMs: z.number(),
  reason: z.string().optional(),
  retryAtMs: z.number().optional(),
  doneBy: z.string().optional(),
  /** The workstation that hands it over. */
  workstation: z.string().optional(),
});
/** A notification of an incident and how far it is. */
export type IncidentNotification = z.infer<typeof notificationSchema>;

/** The parts of the work beside status, times and units. */
const workSchema = z.object({
  playbook: playbookSchema.optional(),
  /** Items of the check list that are ticked. */
  checks: z.array(z.object({ itemId: z.string(), ...done })).optional(),
  calls: z
    .array(
      z.object({
        contactId: z.string(),
        name: z.string(),
        outcome: z.enum(['reached', 'message', 'noAnswer']),
        note: z.string().optional(),
        ...done,
      }),
    )
    .optional(),
  notifications: z.array(notificationSchema).optional(),
  closures: z
    .array(
      z.object({
        linkId: z.string(),
        name: z.string(),
        lanes: z.string().optional(),
        untilMs: z.number().optional(),
        ...done,
      }),
    )
    .optional(),
  diversions: z
    .array(
      z.object({
        id: z.string(),
        text: z.string(),
        linkIds: z.array(z.string()),
        untilMs: z.number().optional(),
        ...done,
      }),
    )
    .optional(),
  /** Service alerts for passengers. */
  alerts: z
    .array(
      z.object({
        id: z.string(),
        text: z.string(),
        routeIds: z.array(z.string()),
        untilMs: z.number().optional(),
        ...done,
      }),
    )
    .optional(),
  /** Customers without service, as last stated. */
  outage: z.object({ customers: z.number().int(), source: z.string(), ...done }).optional(),
  /** Files by their SHA-256; a withdrawn one stays in the record and is no longer shown. */
  attachments: z
    .array(
      z.object({
        hash: z.string(),
        name: z.string(),
        mediaType: z.string(),
        bytes: z.number().int(),
        caption: z.string().optional(),
        ...done,
        withdrawn: z.object({ ...done, reason: z.string() }).optional(),
      }),
    )
    .optional(),
  publicMessage: z.object({ text: z.string(), state: z.enum(['draft', 'released', 'withdrawn']), ...done }).optional(),
});

/** How an incident belongs to other incidents. */
const kinSchema = z.object({
  /** The incident that it is a consequence of: in its queue, or at its scene. */
  primaryId: z.string().optional(),
  secondaryIds: z.array(z.string()).optional(),
  /** The incident that turned out to be the same. */
  mergedInto: z.string().optional(),
  mergedFrom: z.array(z.string()).optional(),
  splitFrom: z.string().optional(),
  splitInto: z.array(z.string()).optional(),
});

/**
 * An incident as people see it, made of the entries of the log by `foldIncident` and `viewIncident`. Times are UTC ms,
 * places WGS84 degrees.
 */
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
  acknowledged: z.object(done).optional(),
  assignee: z.string().optional(),
  /** Offered to somebody who has not answered yet. */
  handover: z.object({ offer: z.string(), to: z.string(), note: z.string().optional(), ...done }).optional(),
  /** Units that are ordered here, on their way or on scene. */
  unitIds: z.array(z.string()),
  /** All units that were ever ordered here. */
  engagements: z.array(engagementSchema).optional(),
  openedAtMs: z.number(),
  changedAtMs: z.number(),
  resolvedAtMs: z.number().optional(),
  outcome: z.string().optional(),
  milestones: z.partialRecord(milestoneSchema, milestoneEntrySchema),
  /** Milestones that incidents merged into this one have at other times. */
  otherMilestones: z
    .array(milestoneEntrySchema.extend({ milestone: milestoneSchema, incidentId: z.string() }))
    .optional(),
  conflicts: z.array(conflictSchema).optional(),
  /** The review, which closes the incident. `withoutT7`: why nobody can say when everything was normal again. */
  review: z
    .object({ wentWell: z.string(), toImprove: z.string(), withoutT7: z.string().optional(), ...done })
    .optional(),
  ...workSchema.shape,
  ...kinSchema.shape,
  /** The incident's own log, oldest first. `incidentId`: the merged incident that the line comes from. */
  log: z.array(
    z.object({
      id: z.string(),
      atMs: z.number(),
      actor: z.string(),
      text: z.string(),
      kind: z.string(),
      incidentId: z.string().optional(),
    }),
  ),
});
export type Incident = z.infer<typeof incidentSchema>;
