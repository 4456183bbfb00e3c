import { z } from 'zod';
import { command, nothing, text } from '../../commands/declare.ts';
import { alarmPrioritySchema, alarmRefSchema, SHELVE_LIMIT_MS, shelveModeSchema } from '../alarm.ts';
import { alarmDomainSchema } from '../alarmDomains.ts';

const alarmId = z.string().max(400);
const alarmIds = z.array(alarmId).min(1).max(500);
const position = { positionId: z.string().max(50) };
/** What the event carries for other workstations, which may not have found the alarm themselves. */
const about = {
  alarm: alarmRefSchema,
  title: z.string(),
  place: z.string(),
  domain: alarmDomainSchema,
  priority: alarmPrioritySchema,
};
const reason = z.string().min(1).max(1000);
const heldPosition = { positionId: z.string().min(1).max(50) };

/**
 * The commands on alarms and on the operating positions that these belong to. A command on several alarms passes over
 * those that no longer exist. `AlarmActions` makes states of the events.
 */
export const alarmCommands = {
  'alarm.acknowledge': {
    ...command(z.object({ alarmIds }), nothing, 'alarm.handle'),
    event: z.object({
      kind: z.literal('alarm.acknowledged'),
      title: z.string(),
      alarm: alarmRefSchema.optional(),
      /**
       * The most urgent priority that it had had: an alarm that becomes more urgent than this has to be acknowledged
       * again.
       */
      priority: alarmPrioritySchema.optional(),
      /**
       * Stands in place of `alarm` in records from before the shared log: `rule:subject:onset`, the onset in base 36.
       */
      alarmId: z.string().optional(),
    }),
  },
  'alarm.shelve': {
    ...command(
      z.object({
        alarmIds,
        mode: shelveModeSchema,
        forMs: z.number().min(60_000).max(SHELVE_LIMIT_MS),
        reason: text(500),
      }),
      nothing,
      'alarm.handle',
    ),
    /** `oneShot` ends when the alarm goes back to normal, `timed` at `untilMs`; neither is longer than a shift. */
    event: z.object({
      kind: z.literal('alarm.shelved'),
      ...about,
      mode: shelveModeSchema,
      untilMs: z.number(),
      reason,
    }),
  },
  'alarm.unshelve': {
    ...command(z.object({ alarmIds }), nothing, 'alarm.handle'),
    event: z.object({ kind: z.literal('alarm.unshelved'), alarm: alarmRefSchema, title: z.string() }),
  },
  'alarm.takeOutOfService': {
    ...command(z.object({ alarmId, reason: text(500) }), nothing, 'alarm.supervise'),
    event: z.object({ kind: z.literal('alarm.takenOutOfService'), ...about, reason }),
  },
  'alarm.returnToService': {
    ...command(z.object({ alarmId }), nothing, 'alarm.supervise'),
    event: z.object({ kind: z.literal('alarm.returnedToService'), alarm: alarmRefSchema, title: z.string() }),
  },
  /**
   * From then on the person holds the position, also where somebody held it before, at the workstation where the
   * command is given.
   */
  'position.take': {
    ...command(z.object(position), nothing, 'alarm.handle'),
    event: z.object({ kind: z.literal('position.taken'), ...heldPosition }),
  },
  /** Allowed to the holder, and to a supervisor. */
  'position.release': {
    ...command(z.object(position), nothing, 'alarm.handle'),
    event: z.object({ kind: z.literal('position.released'), ...heldPosition }),
  },
} as const;
