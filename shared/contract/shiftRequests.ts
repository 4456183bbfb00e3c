import { z } from 'zod';
import { call, nothing } from '../commands/declare.ts';
import { shiftCommands } from '../shifts/commands/shiftCommands.ts';
import { shiftSchema } from '../shifts/shift.ts';

/** The shifts of the control room, newest first: `shifts[0]` is the present one, or the last one where none is open. */
export const shiftsSchema = z.object({ shifts: z.array(shiftSchema) });

/** The requests about shifts, their handover and their reports. */
export const shiftRequests = {
  ...shiftCommands,
  'shift.current': call(nothing, shiftsSchema),
  /**
   * A report as a file. `id`: the id of a shift, "2026-W23", "2026-06", or "latest". The JSON of a shift is a
   * `ShiftDocument`.
   */
  'shift.report': call(
    z.object({
      kind: z.enum(['shift', 'week', 'month']),
      id: z.string().min(1).max(40),
      format: z.enum(['pdf', 'csv', 'json']),
      paper: z.enum(['a4', 'letter']).optional(),
    }),
    z.object({ name: z.string(), mediaType: z.string(), base64: z.string(), warnings: z.array(z.string()) }),
    'report.read',
  ),
} as const;
