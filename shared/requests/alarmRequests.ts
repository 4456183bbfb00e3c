import { z } from 'zod';
import { alarmPrioritySchema } from '../alarms/alarm.ts';
import { call, command, nothing } from './declare.ts';

/** Alarms and the operating positions that they belong to. */
export const alarmRequests = {
  'alarm.acknowledge': command(z.object({ alarmId: z.string().max(200) }), nothing, 'operator'),
  /** When operational alarms were raised, oldest first. `sinceMs`: nothing is known of the time before. */
  'alarms.raised': call(z.object({ fromMs: z.number(), toMs: z.number() }), z.object({ sinceMs: z.number(), atMs: z.array(z.number()), priority: z.array(alarmPrioritySchema) })),
} as const;
