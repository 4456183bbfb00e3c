import { z } from 'zod';
import { alarmPrioritySchema, SHELVE_LIMIT_MS, shelveModeSchema } from '../alarms/alarm.ts';
import { call, command, nothing, text } from './declare.ts';

const alarmId = z.string().max(400);
const alarmIds = z.array(alarmId).min(1).max(500);
const positionId = z.string().max(50);

/**
 * Alarms and the operating positions that they belong to. Of several alarms those that are gone meanwhile are passed
 * over.
 */
export const alarmRequests = {
  'alarm.acknowledge': command(z.object({ alarmIds }), nothing, 'operator'),
  'alarm.shelve': command(
    z.object({
      alarmIds,
      mode: shelveModeSchema,
      forMs: z.number().min(60_000).max(SHELVE_LIMIT_MS),
      reason: text(500),
    }),
    nothing,
    'operator',
  ),
  'alarm.unshelve': command(z.object({ alarmIds }), nothing, 'operator'),
  'alarm.takeOutOfService': command(z.object({ alarmId, reason: text(500) }), nothing, 'supervisor'),
  'alarm.returnToService': command(z.object({ alarmId }), nothing, 'supervisor'),
  /** The person holds the position from then on, at the workstation where this is asked. */
  'position.take': command(z.object({ positionId }), nothing, 'operator'),
  /** The holder may, and a supervisor. */
  'position.release': command(z.object({ positionId }), nothing, 'operator'),
  /** When operational alarms called for the operator, oldest first. `sinceMs`: nothing is known of the time before. */
  'alarms.raised': call(
    z.object({ fromMs: z.number(), toMs: z.number() }),
    z.object({ sinceMs: z.number(), atMs: z.array(z.number()), priority: z.array(alarmPrioritySchema) }),
  ),
} as const;
