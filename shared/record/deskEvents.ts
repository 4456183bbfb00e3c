import { z } from 'zod';

/** A sequence of the log and how far it goes. */
const headSchema = z.object({ sequence: z.string(), seq: z.number().int(), hash: z.string() });

/** What the workstations say of themselves and of the log. */
export const deskEvents = [
  z.object({ kind: z.literal('system.noted'), text: z.string() }),
  /** The first entry of a sequence: why it begins, and what it goes on from. */
  z.object({ kind: z.literal('log.begun'), reason: z.string(), follows: z.array(headSchema) }),
] as const;
