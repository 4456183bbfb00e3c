import { z } from 'zod';
import { personSchema } from '../people/person.ts';
import { sequenceHeadSchema } from '../people/sequenceHead.ts';

/** The author of a step of a shift, and when it was taken. `entry`: the id of the entry in the log. */
const action = { by: personSchema, atMs: z.number(), entry: z.string() };

const openedSchema = z.object({ ...action, fromMs: z.number() });
const closedSchema = z.object({ ...action, toMs: z.number() });
const signedSchema = z.object({ ...action, reportHash: z.string(), heads: z.array(sequenceHeadSchema) });
const takenOverSchema = z.object({ ...action, nextShiftId: z.string() });

/** The steps of a shift that people take. Each is taken once, unless two people do not know of each other. */
export const shiftFields = ['opened', 'closed', 'signed', 'takenOver'] as const;
/** The name of a step of a shift. */
export type ShiftField = (typeof shiftFields)[number];

/** A shift of the control room, as `foldShifts` makes it of the log. Times are UTC ms. */
export const shiftSchema = z.object({
  id: z.string(),
  opened: openedSchema,
  closed: closedSchema.optional(),
  signed: signedSchema.optional(),
  takenOver: takenOverSchema.optional(),
  /** Comments, oldest first. `isLate`: the person who signed had not seen it, so the signature does not cover it. */
  comments: z.array(z.object({ ...action, text: z.string(), isLate: z.boolean() })),
  /**
   * Steps that two people took at two workstations without knowing of each other: the step that counts is above, its
   * rivals are here.
   */
  conflicts: z.array(z.object({ field: z.enum(shiftFields), rivals: z.array(z.object(action)) })),
});
export type Shift = z.infer<typeof shiftSchema>;

/** The state of a shift. */
export type ShiftState = 'open' | 'closed' | 'signed' | 'takenOver';

/**
 * The state that a shift has reached. A shift may be taken over before it is signed, and still has to be signed then.
 */
export function shiftState({ closed, signed, takenOver }: Shift): ShiftState {
  if (takenOver !== undefined) return 'takenOver';
  if (signed !== undefined) return 'signed';
  return closed === undefined ? 'open' : 'closed';
}
