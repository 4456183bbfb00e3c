import { z } from 'zod';

/** The end of a sequence of the log: its last number and the hash of that entry. */
export const sequenceHeadSchema = z.object({ sequence: z.string(), seq: z.number().int(), hash: z.string() });
export type SequenceHead = z.infer<typeof sequenceHeadSchema>;
