import { z } from 'zod';

/** A sequence of the log and how far it goes. */
export const sequenceHeadSchema = z.object({ sequence: z.string(), seq: z.number().int(), hash: z.string() });
export type SequenceHead = z.infer<typeof sequenceHeadSchema>;
