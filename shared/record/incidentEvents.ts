import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../alarms/alarm.ts';
import { engagementSchema, incidentTypeSchema, milestoneSchema } from '../incidents/incident.ts';
import { playbookSchema } from '../incidents/playbook.ts';
import { unitStatuses } from '../base/values.ts';

const about = { incidentId: z.string() };
const untilMs = z.number().optional();
const start = {
  type: incidentTypeSchema,
  priority: alarmPrioritySchema,
  title: z.string(),
  place: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  alarmIds: z.array(z.string()),
  subject: subjectSchema.optional(),
  /** First awareness, where that was before the opening: when the alarm was raised. */
  awareAtMs: z.number().optional(),
  /** What was asked of people at that time; a later edit of the playbook does not change it. */
  playbook: playbookSchema.optional(),
};

const courseEvents = [
  z.object({ kind: z.literal('incident.opened'), ...about, ...start }),
  z.object({ kind: z.literal('incident.acknowledged'), ...about }),
  z.object({
    kind: z.literal('incident.edited'),
    ...about,
    title: z.string().optional(),
    type: incidentTypeSchema.optional(),
    priority: alarmPrioritySchema.optional(),
    place: z.string().optional(),
    lon: z.number().optional(),
    lat: z.number().optional(),
    playbook: playbookSchema.optional(),
  }),
  z.object({ kind: z.literal('incident.noted'), ...about, text: z.string() }),
  z.object({
    kind: z.literal('incident.milestone'),
    ...about,
    milestone: milestoneSchema,
    atMs: z.number(),
    source: z.string(),
  }),
  z.object({
    kind: z.literal('incident.milestoneWithdrawn'),
    ...about,
    milestone: milestoneSchema,
    reason: z.string(),
  }),
  z.object({ kind: z.literal('incident.resolved'), ...about, outcome: z.string() }),
  z.object({ kind: z.literal('incident.reopened'), ...about, reason: z.string() }),
  z.object({
    kind: z.literal('incident.reviewed'),
    ...about,
    wentWell: z.string(),
    toImprove: z.string(),
    withoutT7: z.string().optional(),
  }),
] as const;

const personEvents = [
  z.object({ kind: z.literal('incident.assigned'), ...about, assignee: z.string() }),
  z.object({ kind: z.literal('incident.handoverOffered'), ...about, to: z.string(), note: z.string().optional() }),
  /** `offer`: the entry that offered it; the answer to another one changes nothing. */
  z.object({
    kind: z.literal('incident.handoverAnswered'),
    ...about,
    offer: z.string(),
    to: z.string(),
    isAccepted: z.boolean(),
    reason: z.string().optional(),
  }),
  z.object({ kind: z.literal('incident.handoverWithdrawn'), ...about, offer: z.string() }),
] as const;

const unitEvents = [
  /** `fromId`: the incident that it is taken from, in the same breath. */
  z.object({
    kind: z.literal('incident.unitOrdered'),
    ...about,
    unitId: z.string(),
    order: z.enum(['go', 'standDown']),
    fromId: z.string().optional(),
  }),
  /** What a unit itself said; `atMs` is its own time. */
  z.object({
    kind: z.literal('incident.unitReported'),
    ...about,
    unitId: z.string(),
    status: z.enum(unitStatuses),
    atMs: z.number(),
  }),
] as const;

const kinEvents = [
  z.object({ kind: z.literal('incident.linked'), ...about, alarmId: z.string() }),
  z.object({ kind: z.literal('incident.unlinked'), ...about, alarmId: z.string() }),
  z.object({ kind: z.literal('incident.madeSecondary'), ...about, primaryId: z.string() }),
  z.object({ kind: z.literal('incident.madeIndependent'), ...about }),
  z.object({ kind: z.literal('incident.merged'), ...about, intoId: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('incident.unmerged'), ...about, reason: z.string() }),
  /** Opens `newId` with a part of what belonged to the first. */
  z.object({
    kind: z.literal('incident.split'),
    ...about,
    newId: z.string(),
    ...start,
    engagements: z.array(engagementSchema),
  }),
] as const;

const taskEvents = [
  z.object({
    kind: z.literal('incident.checked'),
    ...about,
    itemId: z.string(),
    text: z.string(),
    isDone: z.boolean(),
  }),
  z.object({
    kind: z.literal('incident.contactCalled'),
    ...about,
    contactId: z.string(),
    name: z.string(),
    outcome: z.enum(['reached', 'message', 'noAnswer']),
    note: z.string().optional(),
  }),
  z.object({
    kind: z.literal('incident.notificationAsked'),
    ...about,
    notificationId: z.string(),
    name: z.string(),
    channel: z.enum(['email', 'webhook', 'hand']),
    to: z.string().optional(),
    subject: z.string(),
    text: z.string(),
  }),
  /** Written before anything is handed over, so that it is never handed over twice. */
  z.object({
    kind: z.literal('incident.notificationBegun'),
    ...about,
    notificationId: z.string(),
    attempt: z.number().int(),
  }),
  z.object({
    kind: z.literal('incident.notificationSent'),
    ...about,
    notificationId: z.string(),
    attempt: z.number().int(),
    answer: z.string(),
  }),
  /** `retryAtMs`: when it is tried again; without it a person has to see to it. `isUncertain`: it may have arrived. */
  z.object({
    kind: z.literal('incident.notificationFailed'),
    ...about,
    notificationId: z.string(),
    attempt: z.number().int(),
    reason: z.string(),
    retryAtMs: z.number().optional(),
    isUncertain: z.boolean(),
  }),
  z.object({
    kind: z.literal('incident.notificationDone'),
    ...about,
    notificationId: z.string(),
    note: z.string().optional(),
  }),
] as const;

const effectEvents = [
  z.object({
    kind: z.literal('incident.roadClosed'),
    ...about,
    linkId: z.string(),
    name: z.string(),
    lanes: z.string().optional(),
    untilMs,
  }),
  z.object({ kind: z.literal('incident.roadOpened'), ...about, linkId: z.string(), name: z.string() }),
  /** `replaces`: the diversion that it is a new version of. */
  z.object({
    kind: z.literal('incident.diversionSet'),
    ...about,
    replaces: z.string().optional(),
    text: z.string(),
    linkIds: z.array(z.string()),
    untilMs,
  }),
  z.object({ kind: z.literal('incident.diversionEnded'), ...about, diversionId: z.string() }),
  z.object({
    kind: z.literal('incident.alertSet'),
    ...about,
    replaces: z.string().optional(),
    text: z.string(),
    routeIds: z.array(z.string()),
    untilMs,
  }),
  z.object({ kind: z.literal('incident.alertEnded'), ...about, alertId: z.string() }),
  z.object({ kind: z.literal('incident.outageStated'), ...about, customers: z.number().int(), source: z.string() }),
  /** `hash`: SHA-256 of the file, hexadecimal. */
  z.object({
    kind: z.literal('incident.attached'),
    ...about,
    hash: z.string(),
    name: z.string(),
    mediaType: z.string(),
    bytes: z.number().int(),
    caption: z.string().optional(),
  }),
  z.object({ kind: z.literal('incident.attachmentWithdrawn'), ...about, hash: z.string(), reason: z.string() }),
  z.object({
    kind: z.literal('incident.publicMessageSet'),
    ...about,
    text: z.string(),
    state: z.enum(['draft', 'released', 'withdrawn']),
  }),
] as const;

/** A playbook was edited; the text is YAML. */
const playbookSaved = z.object({ kind: z.literal('playbook.saved'), type: incidentTypeSchema, text: z.string() });

/** What people and units did to incidents, and to what they are worked by. */
export const incidentEvents = [
  ...courseEvents,
  ...personEvents,
  ...unitEvents,
  ...kinEvents,
  ...taskEvents,
  ...effectEvents,
  playbookSaved,
] as const;
