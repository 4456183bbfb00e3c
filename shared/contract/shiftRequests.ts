import { z } from 'zod';
import { shiftSchema } from '../shifts/shift.ts';
import { call, command, nothing, text } from './declare.ts';

const shiftRef = { shiftId: z.string().min(1).max(40) };

/** The shifts of the room, newest first: `shifts[0]` is the present one, or the last. */
export const shiftsSchema = z.object({ shifts: z.array(shiftSchema) });

/** Shifts, their handover and their reports. An operator alone at night can hand over; only a supervisor signs. */
export const shiftRequests = {
  'shift.current': call(nothing, shiftsSchema),
  'shift.open': command(nothing, z.object({ shiftId: z.string() }), 'operator'),
  'shift.close': command(z.object(shiftRef), nothing, 'operator'),
  'shift.comment': command(z.object({ ...shiftRef, text: text(4000) }), nothing, 'operator'),
  'shift.sign': command(z.object(shiftRef), nothing, 'supervisor'),
  /** Begins the next shift. */
  'shift.takeOver': command(z.object(shiftRef), z.object({ shiftId: z.string() }), 'operator'),
  /**
   * A report as a file. `id`: a shift's, "2026-W23", "2026-06", or "latest". The JSON of a shift is a ShiftDocument.
   */
  'shift.report': call(
    z.object({
      kind: z.enum(['shift', 'week', 'month']),
      id: z.string().min(1).max(40),
      format: z.enum(['pdf', 'csv', 'json']),
      paper: z.enum(['a4', 'letter']).optional(),
    }),
    z.object({ name: z.string(), mediaType: z.string(), base64: z.string(), warnings: z.array(z.string()) }),
    'operator',
  ),
} as const;
