import { z } from 'zod';
import { alarmDomainSchema } from './alarmDomains.ts';

/** The priority of an alarm; 1 is the most urgent. Colour, shape and number always go together on screen. */
export const alarmPrioritySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type AlarmPriority = z.infer<typeof alarmPrioritySchema>;

/**
 * The states of ISA-18.2: active and unacknowledged, active and acknowledged, returned to normal and unacknowledged,
 * normal, shelved by an operator, suppressed by design, out of service.
 */
export const alarmStateSchema = z.enum([
  'active',
  'acknowledged',
  'returned',
  'cleared',
  'shelved',
  'suppressed',
  'outOfService',
]);
export type AlarmState = z.infer<typeof alarmStateSchema>;

/** The state that an alarm has, or would have if nothing hid it. */
export const standingStateSchema = alarmStateSchema.extract(['active', 'acknowledged', 'returned']);
export type StandingState = z.infer<typeof standingStateSchema>;

/**
 * How long a shelving lasts. One shot: until the alarm goes back to normal. Timed: until its time. Neither is longer
 * than `SHELVE_LIMIT_MS`.
 */
export const shelveModeSchema = z.enum(['oneShot', 'timed']);
export type ShelveMode = z.infer<typeof shelveModeSchema>;
/** The longest shelving: 8 hours, the length of a shift, in ms. */
export const SHELVE_LIMIT_MS = 8 * 3_600_000;

/** What an alarm is about, so that the screen can select it and fly there. */
export const subjectSchema = z.object({
  kind: z.enum(['link', 'detector', 'vehicle', 'route', 'meter', 'zone', 'feeder', 'unit', 'report', 'feed', 'system']),
  id: z.string().max(200),
});
export type Subject = z.infer<typeof subjectSchema>;

/**
 * Names an alarm between workstations that each found it by themselves, some seconds apart: the same rule and subject,
 * at a time at which both have it standing.
 */
export const alarmRefSchema = z.object({
  rule: z.string().min(1).max(100),
  subject: subjectSchema,
  raisedAtMs: z.number(),
});
export type AlarmRef = z.infer<typeof alarmRefSchema>;

/** One observation that an alarm rests on, as the screen shows it beside the alarm. */
export const evidenceSchema = z.object({
  /** "Speed", "Inflow", "Meters without voltage". */
  label: z.string(),
  /** Formatted for people, with its unit: "12 km/h (typical 96 km/h)". */
  text: z.string(),
  /** It names single households, so it is shown only to people who may see these. */
  isOfHouseholds: z.literal(true).optional(),
});

/**
 * An alarm as the engine publishes it to screens: facts of its rule, its state of ISA-18.2, and what people did to it.
 * Times are UTC ms, durations ms, places WGS84 degrees.
 */
export const alarmSchema = z.object({
  /** The id follows from rule, subject and onset (see `alarmId`). */
  id: z.string(),
  /** The rule that raised it, e.g. `traffic.queue`. */
  rule: z.string(),
  domain: alarmDomainSchema,
  priority: alarmPrioritySchema,
  state: alarmStateSchema,
  subject: subjectSchema,
  title: z.string(),
  /** Where, in words. */
  place: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  cause: z.string(),
  consequence: z.string(),
  /** What the operator should do. */
  action: z.string(),
  evidence: z.array(evidenceSchema),
  /** The operating position that it belongs to. */
  position: z.string(),
  /** A person must act within this time for the consequence to be averted (see shared/alarms/alarmRules.ts). */
  respondWithinMs: z.number(),
  /** Once it has been raised, it stays until somebody has acknowledged it. */
  isLatching: z.boolean().optional(),
  /** While the alarm is hidden: the state that it would have otherwise; absent when its condition does not hold. */
  wasState: standingStateSchema.optional(),
  shelved: z
    .object({ by: z.string(), atMs: z.number(), untilMs: z.number(), reason: z.string(), mode: shelveModeSchema })
    .optional(),
  /** Why it is suppressed by design, as a sentence. */
  suppressedBy: z.string().optional(),
  outOfService: z.object({ by: z.string(), atMs: z.number(), reason: z.string() }).optional(),
  /** See `chatterOf`. */
  chatter: z.enum(['chattering', 'fleeting']).optional(),
  /** How often it became active within the last hour, where more than once. */
  activations: z.number().optional(),
  /** What a flood is grouped by: alarms of one cause share it (`feeder:F3`, `link:L12`, `feed:hfp`). */
  causeGroup: z.string(),
  /** The earliest time at which any workstation is known to have had it. */
  raisedAtMs: z.number(),
  changedAtMs: z.number(),
  returnedAtMs: z.number().optional(),
  acknowledgedAtMs: z.number().optional(),
  acknowledgedBy: z.string().optional(),
  incidentId: z.string().optional(),
});
export type Alarm = z.infer<typeof alarmSchema>;
