import { z } from 'zod';
import type { Role } from '../people/person.ts';

/**
 * A request as the contract declares it: `input` is checked on arrival in the engine, `output` types the answer, `role`
 * is the least that may use it.
 */
type Declared<I extends z.ZodType, O extends z.ZodType> = { input: I; output: O; isCommand: boolean; role: Role };

/** Asks, and changes nothing. */
export const call = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  role: Role = 'viewer',
): Declared<I, O> => ({ input, output, isCommand: false, role });

/** Changes the county or the record, and is therefore refused to a screen that shows the past. */
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O, role: Role): Declared<I, O> => ({
  input,
  output,
  isCommand: true,
  role,
});

export const nothing = z.object({}).strict();
export const text = (most: number): z.ZodString => z.string().trim().min(1).max(most);
