import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../alarms/alarm.ts';
import { alarmDomainSchema } from '../alarms/alarmDomains.ts';
import { incidentTypeSchema } from '../incidents/incident.ts';

/** Why one alarm or incident belongs to another. */
const proposalTieSchema = z.object({
  /** The alarm or incident that joins, and the one that it joins. */
  id: z.string(),
  toId: z.string(),
  toTitle: z.string(),
  sentence: z.string(),
  /** 0..1; see `findTie`. */
  score: z.number(),
});

/**
 * A proposal that alarms or incidents belong together, with the reasons; a person accepts or refuses it. Times are UTC
 * ms.
 */
export const proposalSchema = z.object({
  /**
   * The id follows from the identity of the alarm or incident that explains the others, so every workstation gives the
   * same one.
   */
  id: z.string(),
  /** `open` a new incident, `add` alarms to an open one, `merge` incidents that are the same. */
  action: z.enum(['open', 'add', 'merge']),
  /** The open incidents concerned; the one that stays comes first. */
  incidentIds: z.array(z.string()),
  /** Alarms that are in no incident yet; the one that explains the others comes first. */
  alarms: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      domain: alarmDomainSchema,
      priority: alarmPrioritySchema,
      atMs: z.number(),
    }),
  ),
  type: incidentTypeSchema,
  priority: alarmPrioritySchema,
  title: z.string(),
  place: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  subject: subjectSchema.optional(),
  /** When the first alarm or incident of it was noticed. */
  sinceMs: z.number(),
  ties: z.array(proposalTieSchema),
  /** It was refused before something new joined it. */
  refusedBefore: z.object({ by: z.string(), atMs: z.number(), reason: z.string() }).optional(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/**
 * An alarm as an answer to a proposal names it: workstations may have raised it some seconds apart, so the answer is
 * matched by `isMeant`.
 */
export const proposedAlarmSchema = z.object({
  rule: z.string(),
  subject: subjectSchema,
  raisedAtMs: z.number(),
  domain: alarmDomainSchema,
  priority: alarmPrioritySchema,
});
export type ProposedAlarm = z.infer<typeof proposedAlarmSchema>;
