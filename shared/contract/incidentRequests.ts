import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../alarms/alarm.ts';
import { incidentSchema, incidentTypeSchema, milestoneSchema } from '../incidents/incident.ts';
import { MOST_PLAYBOOK_CHARACTERS, playbookFaultSchema, playbookStateSchema } from '../incidents/playbookState.ts';
import { call, command, nothing, text } from './declare.ts';

const id = z.string().min(1).max(100);
const incidentRef = { incidentId: id };
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const alarmIds = z.array(z.string().max(200)).max(500);
const untilMs = z.number().optional();
const place = {
  place: z.string().max(200),
  lon: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
};
const facts = { type: incidentTypeSchema, priority: alarmPrioritySchema, title: text(200), ...place };

/** A file is sent and fetched in pieces, so that none holds up what else is on the line. Bytes before base64. */
export const MOST_CHUNK_BYTES = 192 * 1024;
export const MOST_ATTACHMENT_BYTES = 10 * 1024 * 1024;
const chunk = z.base64().max(Math.ceil(MOST_CHUNK_BYTES / 3) * 4);

const courseRequests = {
  'incident.open': command(
    z.object({ ...facts, alarmIds, subject: subjectSchema.optional() }),
    z.object({ incidentId: z.string() }),
    'operator',
  ),
  'incident.acknowledge': command(z.object(incidentRef), nothing, 'operator'),
  'incident.edit': command(z.object({ ...incidentRef, ...z.object(facts).partial().shape }), nothing, 'operator'),
  'incident.note': command(z.object({ ...incidentRef, text: text(4000) }), nothing, 'operator'),
  'incident.milestone': command(
    z.object({ ...incidentRef, milestone: milestoneSchema, atMs: z.number().optional() }),
    nothing,
    'operator',
  ),
  'incident.withdrawMilestone': command(
    z.object({ ...incidentRef, milestone: milestoneSchema, reason: text(1000) }),
    nothing,
    'dispatcher',
  ),
  /** `divertFrom`: the incident that the unit may be taken from, as the dispatcher saw it. */
  'incident.orderUnit': command(
    z.object({
      ...incidentRef,
      unitId: z.string().max(100),
      order: z.enum(['go', 'standDown']),
      divertFrom: incidentRef.incidentId.optional(),
    }),
    nothing,
    'dispatcher',
  ),
  'incident.resolve': command(z.object({ ...incidentRef, outcome: text(1000) }), nothing, 'dispatcher'),
  /** The reason may be empty within `REOPEN_WINDOW_MS` after the end. */
  'incident.reopen': command(z.object({ ...incidentRef, reason: z.string().trim().max(1000) }), nothing, 'dispatcher'),
  /** `withoutT7`: why nobody can say when all was normal again; needed where T7 is missing. */
  'incident.review': command(
    z.object({ ...incidentRef, wentWell: text(4000), toImprove: text(4000), withoutT7: text(1000).optional() }),
    nothing,
    'supervisor',
  ),
} as const;

const personRequests = {
  /**
   * `expected`: who had it as the screen showed it, null for nobody. Refused, with who has it now, where that is no
   * longer so.
   */
  'incident.assign': command(
    z.object({ ...incidentRef, assignee: text(100), expected: z.string().max(100).nullable() }),
    nothing,
    'operator',
  ),
  'incident.offerHandover': command(
    z.object({ ...incidentRef, to: text(100), note: text(1000).optional() }),
    nothing,
    'operator',
  ),
  'incident.answerHandover': command(
    z.object({ ...incidentRef, offer: id, isAccepted: z.boolean(), reason: text(1000).optional() }),
    nothing,
    'operator',
  ),
  'incident.withdrawHandover': command(z.object({ ...incidentRef, offer: id }), nothing, 'operator'),
} as const;

const kinRequests = {
  'incident.linkAlarm': command(z.object({ ...incidentRef, alarmId: z.string().max(200) }), nothing, 'operator'),
  'incident.unlinkAlarm': command(z.object({ ...incidentRef, alarmId: z.string().max(200) }), nothing, 'operator'),
  'incident.makeSecondary': command(z.object({ ...incidentRef, primaryId: id }), nothing, 'operator'),
  'incident.makeIndependent': command(z.object(incidentRef), nothing, 'operator'),
  'incident.merge': command(z.object({ ...incidentRef, intoId: id, reason: text(1000) }), nothing, 'dispatcher'),
  'incident.unmerge': command(z.object({ ...incidentRef, reason: text(1000) }), nothing, 'dispatcher'),
  /**
   * Settles a conflict for one of its claims (see `conflictSchema`). Needs the role, too, that saying such a thing anew
   * needs.
   */
  'incident.decide': command(
    z.object({
      ...incidentRef,
      field: z.string().max(50),
      value: z.union([z.string().max(4000), z.number(), z.null()]),
    }),
    nothing,
    'operator',
  ),
  /** Opens a new incident with the named alarms and units of this one. */
  'incident.split': command(
    z.object({ ...incidentRef, ...facts, alarmIds, unitIds: z.array(z.string().max(100)).max(100) }),
    z.object({ incidentId: z.string() }),
    'dispatcher',
  ),
} as const;

const taskRequests = {
  'incident.check': command(z.object({ ...incidentRef, itemId: id, isDone: z.boolean() }), nothing, 'operator'),
  'incident.callContact': command(
    z.object({
      ...incidentRef,
      contactId: id,
      outcome: z.enum(['reached', 'message', 'noAnswer']),
      note: text(1000).optional(),
    }),
    nothing,
    'operator',
  ),
  /**
   * Tells somebody, as the playbook's item says or in other words. What leaves by itself is sent by the engine that is
   * elected for it.
   */
  'incident.notify': command(
    z.object({ ...incidentRef, itemId: id, subject: text(300).optional(), text: text(4000).optional() }),
    nothing,
    'operator',
  ),
  'incident.notificationDone': command(
    z.object({ ...incidentRef, notificationId: id, note: text(1000).optional() }),
    nothing,
    'operator',
  ),
} as const;

const effectRequests = {
  'incident.closeRoad': command(
    z.object({ ...incidentRef, linkId: id, lanes: text(200).optional(), untilMs }),
    nothing,
    'operator',
  ),
  'incident.openRoad': command(z.object({ ...incidentRef, linkId: id }), nothing, 'operator'),
  'incident.setDiversion': command(
    z.object({ ...incidentRef, replaces: id.optional(), text: text(1000), linkIds: z.array(id).max(500), untilMs }),
    nothing,
    'operator',
  ),
  'incident.endDiversion': command(z.object({ ...incidentRef, diversionId: id }), nothing, 'operator'),
  'incident.setAlert': command(
    z.object({ ...incidentRef, replaces: id.optional(), text: text(1000), routeIds: z.array(id).max(200), untilMs }),
    nothing,
    'operator',
  ),
  'incident.endAlert': command(z.object({ ...incidentRef, alertId: id }), nothing, 'operator'),
  'incident.stateOutage': command(
    z.object({ ...incidentRef, customers: z.number().int().min(0).max(10_000_000) }),
    nothing,
    'operator',
  ),
  /** Attaches a file that was put before (`attachment.put`). Refused where its content is not what may be attached. */
  'incident.attach': command(
    z.object({ ...incidentRef, uploadId: id, name: text(200), caption: text(500).optional() }),
    z.object({ hash: z.string() }),
    'operator',
  ),
  'incident.withdrawAttachment': command(z.object({ ...incidentRef, hash, reason: text(1000) }), nothing, 'dispatcher'),
  'incident.setPublicMessage': command(
    z.object({ ...incidentRef, text: text(2000), state: z.enum(['draft', 'released', 'withdrawn']) }),
    nothing,
    'dispatcher',
  ),
} as const;

/** The work on incidents. */
export const incidentRequests = {
  ...courseRequests,
  ...personRequests,
  ...kinRequests,
  ...taskRequests,
  ...effectRequests,
  /** One whole, also of those that are no longer in the stream. */
  'incident.get': call(z.object(incidentRef), z.object({ incident: incidentSchema })),
  /**
   * Pieces of one file in order, from offset 0 on; the name is the screen's own. What is not attached within ten
   * minutes is forgotten.
   */
  'attachment.put': command(
    z.object({ uploadId: id, offset: z.number().int().min(0).max(MOST_ATTACHMENT_BYTES), data: chunk }),
    z.object({ bytes: z.number() }),
    'operator',
  ),
  /** `bytes`: of the whole file. A piece that ends there is the last. */
  'attachment.read': call(
    z.object({ hash, offset: z.number().int().min(0).max(MOST_ATTACHMENT_BYTES) }),
    z.object({ data: z.string(), bytes: z.number() }),
  ),
  /** `strays`: files that are named after no type of incident. */
  'playbook.list': call(nothing, z.object({ playbooks: z.array(playbookStateSchema), strays: z.array(z.string()) })),
  /** Where the text has faults they are the answer, and nothing was saved. */
  'playbook.save': command(
    z.object({ type: incidentTypeSchema, text: z.string().max(MOST_PLAYBOOK_CHARACTERS) }),
    z.object({ faults: z.array(playbookFaultSchema) }),
    'supervisor',
  ),
  /** What can leave by itself, and the fault of the settings where they have one. */
  'notification.adapters': call(
    nothing,
    z.object({ hasEmail: z.boolean(), webhooks: z.array(z.string()), fault: z.string().optional() }),
  ),
} as const;
