import { z } from 'zod';

/** What people did to alarms. */
export const alarmEvents = [
  z.object({ kind: z.literal('alarm.acknowledged'), alarmId: z.string(), title: z.string() }),
] as const;
