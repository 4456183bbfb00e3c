import { z } from 'zod';
import { command, nothing, text } from '../../commands/declare.ts';
import { sequenceHeadSchema } from '../../people/sequenceHead.ts';

const shiftId = z.string().min(1).max(40);
const shift = { shiftId };

/**
 * The commands on shifts. An operator who is alone at night can hand over; only a supervisor signs. `foldShifts` makes
 * shifts of the events.
 */
export const shiftCommands = {
  'shift.open': {
    ...command(nothing, z.object({ shiftId: z.string() }), 'shift.run'),
    /** `fromMs`: when its period begins, which may be before the event was written. */
    event: z.object({ kind: z.literal('shift.opened'), ...shift, fromMs: z.number() }),
  },
  'shift.close': {
    ...command(z.object(shift), nothing, 'shift.run'),
    event: z.object({ kind: z.literal('shift.closed'), ...shift, toMs: z.number() }),
  },
  'shift.comment': {
    ...command(z.object({ ...shift, text: text(4000) }), nothing, 'shift.run'),
    event: z.object({ kind: z.literal('shift.commented'), ...shift, text: z.string() }),
  },
  /** `password`: that of the person who signs; sitting at the screen is not enough for a signature. */
  'shift.sign': {
    ...command(z.object({ ...shift, password: z.string().min(1).max(1000) }), nothing, 'shift.signOff'),
    /**
     * `reportHash`: SHA-256, hexadecimal, over the canonical JSON of the report; `heads`: where every sequence of the
     * log ended then.
     */
    event: z.object({
      kind: z.literal('shift.signed'),
      ...shift,
      reportHash: z.string().regex(/^[0-9a-f]{64}$/),
      heads: z.array(sequenceHeadSchema),
    }),
  },
  /** The next operator has read it and goes on: the shift `nextShiftId` begins where this one ended. */
  'shift.takeOver': {
    ...command(z.object(shift), z.object({ shiftId: z.string() }), 'shift.run'),
    event: z.object({ kind: z.literal('shift.takenOver'), ...shift, nextShiftId: shiftId }),
  },
} as const;
