import { z } from 'zod';
import { sequenceHeadSchema } from '../people/sequenceHead.ts';

const shift = { shiftId: z.string().min(1).max(40) };

/** What people did about shifts. */
export const shiftEvents = [
  /** `fromMs`: when its period begins, which may be before somebody said so. */
  z.object({ kind: z.literal('shift.opened'), ...shift, fromMs: z.number() }),
  z.object({ kind: z.literal('shift.closed'), ...shift, toMs: z.number() }),
  z.object({ kind: z.literal('shift.commented'), ...shift, text: z.string() }),
  /**
   * `reportHash`: SHA-256, hexadecimal, over the canonical JSON of the report; `heads`: where every sequence of the log
   * ended then.
   */
  z.object({
    kind: z.literal('shift.signed'),
    ...shift,
    reportHash: z.string().regex(/^[0-9a-f]{64}$/),
    heads: z.array(sequenceHeadSchema),
  }),
  /** The next one has read it and goes on: the shift `nextShiftId` begins where this one ended. */
  z.object({ kind: z.literal('shift.takenOver'), ...shift, nextShiftId: z.string().min(1).max(40) }),
] as const;
