import { z } from 'zod';
import { incidentTypeSchema } from './incident.ts';
import { playbookSchema } from './playbook.ts';

/** The longest text of a playbook, in characters: it can be read and checked at once. */
export const MOST_PLAYBOOK_CHARACTERS = 100_000;

/** A fault in the text of a playbook; line and column count from 1. */
export const playbookFaultSchema = z.object({ line: z.number(), column: z.number(), reason: z.string() });
export type PlaybookFault = z.infer<typeof playbookFaultSchema>;

/** The state of a playbook: the one in use, and the text in its file. */
export const playbookStateSchema = z.object({
  type: incidentTypeSchema,
  inUse: playbookSchema,
  /** Where it comes from: edited here, the county's, or shipped with Beacon. */
  origin: z.enum(['edited', 'county', 'shipped']),
  /** The text in its file, which may have faults. */
  text: z.string(),
  /** The faults for which the text is not used; an earlier one is in use then. */
  faults: z.array(playbookFaultSchema),
  changedAtMs: z.number().optional(),
});
export type PlaybookState = z.infer<typeof playbookStateSchema>;
