import { z } from 'zod';
import { alarmPrioritySchema, alarmRefSchema, shelveModeSchema } from '../alarms/alarm.ts';
import { alarmDomainSchema } from '../alarms/alarmDomains.ts';

/** What the others must know of an alarm that they may not have found themselves. */
const about = {
  alarm: alarmRefSchema,
  title: z.string(),
  place: z.string(),
  domain: alarmDomainSchema,
  priority: alarmPrioritySchema,
};
const reason = z.string().min(1).max(1000);
const positionId = z.string().min(1).max(50);

/** What people did to alarms. */
export const alarmEvents = [
  z.object({
    kind: z.literal('alarm.acknowledged'),
    title: z.string(),
    alarm: alarmRefSchema.optional(),
    /** The most urgent that it had been: an alarm that grows more urgent than this asks again. */
    priority: alarmPrioritySchema.optional(),
    /** In place of `alarm` in records of before the shared log: `rule:subject:onset`, the onset in base 36. */
    alarmId: z.string().optional(),
  }),
  /** `oneShot` ends when the alarm goes back to normal, `timed` at `untilMs`; neither is longer than a shift. */
  z.object({ kind: z.literal('alarm.shelved'), ...about, mode: shelveModeSchema, untilMs: z.number(), reason }),
  z.object({ kind: z.literal('alarm.unshelved'), alarm: alarmRefSchema, title: z.string() }),
  z.object({ kind: z.literal('alarm.takenOutOfService'), ...about, reason }),
  z.object({ kind: z.literal('alarm.returnedToService'), alarm: alarmRefSchema, title: z.string() }),
  /** The author holds the position from now on, whoever held it before. */
  z.object({ kind: z.literal('position.taken'), positionId }),
  z.object({ kind: z.literal('position.released'), positionId }),
] as const;
