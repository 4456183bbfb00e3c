import { z } from 'zod';
import { personSchema } from '../people/person.ts';
import { sequenceHeadSchema } from '../people/sequenceHead.ts';

/** Who did something to a shift, and when. `entry`: where it stands in the log. */
const deed = { by: personSchema, atMs: z.number(), entry: z.string() };

const openedSchema = z.object({ ...deed, fromMs: z.number() });
const closedSchema = z.object({ ...deed, toMs: z.number() });
const signedSchema = z.object({ ...deed, reportHash: z.string(), heads: z.array(sequenceHeadSchema) });
const takenOverSchema = z.object({ ...deed, nextShiftId: z.string() });

/** The steps of a shift that people take; each is said once, and two people may contradict each other in it. */
export const shiftFields = ['opened', 'closed', 'signed', 'takenOver'] as const;
/** One step of a shift. */
export type ShiftField = (typeof shiftFields)[number];

/** A shift of the room as the log tells it. */
export const shiftSchema = z.object({
  id: z.string(),
  opened: openedSchema,
  closed: closedSchema.optional(),
  signed: signedSchema.optional(),
  takenOver: takenOverSchema.optional(),
  /** Oldest first. `isLate`: the one who signed had not seen it, so the signature does not cover it. */
  comments: z.array(z.object({ ...deed, text: z.string(), isLate: z.boolean() })),
  /**
   * Two did the same thing at two workstations and neither knew of the other: what stands, and what it stands against.
   */
  conflicts: z.array(z.object({ field: z.enum(shiftFields), rivals: z.array(z.object(deed)) })),
});
export type Shift = z.infer<typeof shiftSchema>;

/** How far a shift is. */
export type ShiftState = 'open' | 'closed' | 'signed' | 'takenOver';

/** How far a shift is; a shift may be taken over before it is signed, and is still to be signed then. */
export function shiftState({ closed, signed, takenOver }: Shift): ShiftState {
  if (takenOver !== undefined) return 'takenOver';
  if (signed !== undefined) return 'signed';
  return closed === undefined ? 'open' : 'closed';
}
