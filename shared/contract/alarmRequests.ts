import { z } from 'zod';
import { alarmPrioritySchema, alarmSchema } from '../alarms/alarm.ts';
import { alarmCommands } from '../alarms/commands/alarmCommands.ts';
import { call } from '../commands/declare.ts';

/** The requests about alarms and the operating positions that they belong to. */
export const alarmRequests = {
  ...alarmCommands,
  /** When operational alarms called for the operator, oldest first. Nothing is known of the time before `sinceMs`. */
  'alarms.raised': call(
    z.object({ fromMs: z.number(), toMs: z.number() }),
    z.object({ sinceMs: z.number(), atMs: z.array(z.number()), priority: z.array(alarmPrioritySchema) }),
  ),
  /** Alarms that nobody acknowledged for hours after they had returned to normal, the newest first. */
  'alarms.history': call(z.object({}), z.object({ alarms: z.array(alarmSchema) })),
} as const;
