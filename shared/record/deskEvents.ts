import { z } from 'zod';
import { sequenceHeadSchema } from './sequenceHead.ts';

/** What the workstations say of themselves and of the log. */
export const deskEvents = [
  z.object({ kind: z.literal('system.noted'), text: z.string() }),
  /** The first entry of a sequence: why it begins, and what it goes on from. */
  z.object({ kind: z.literal('log.begun'), reason: z.string(), follows: z.array(sequenceHeadSchema) }),
] as const;
