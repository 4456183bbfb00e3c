import { z } from 'zod';

/** 1 is the most urgent. Colour, shape and number always go together on screen. */
export const alarmPrioritySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type AlarmPriority = z.infer<typeof alarmPrioritySchema>;

export const alarmDomainSchema = z.enum(['traffic', 'transit', 'electricity', 'water', 'citizen', 'system', 'maintenance']);
export type AlarmDomain = z.infer<typeof alarmDomainSchema>;

/** ISA-18.2 states as far as one workstation needs them. */
export const alarmStateSchema = z.enum(['active', 'acknowledged', 'returned', 'cleared']);

/** What an alarm is about, so that the screen can select it and fly there. */
export const subjectSchema = z.object({
  kind: z.enum(['link', 'detector', 'vehicle', 'route', 'meter', 'zone', 'feeder', 'unit', 'report', 'feed', 'system']),
  id: z.string().max(200),
});
export type Subject = z.infer<typeof subjectSchema>;

export const evidenceSchema = z.object({
  /** "Speed", "Inflow", "Meters without voltage". */
  label: z.string(),
  /** Formatted for people, with its unit: "12 km/h (typical 96 km/h)". */
  text: z.string(),
});

export const alarmSchema = z.object({
  /** Same rule, subject and onset give the same id on every workstation. */
  id: z.string(),
  /** The rule that raised it, e.g. `traffic.slowLink`. */
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
  raisedAtMs: z.number(),
  changedAtMs: z.number(),
  returnedAtMs: z.number().optional(),
  acknowledgedAtMs: z.number().optional(),
  acknowledgedBy: z.string().optional(),
  incidentId: z.string().optional(),
});
export type Alarm = z.infer<typeof alarmSchema>;
