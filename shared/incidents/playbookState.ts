import { z } from 'zod';
import { incidentTypeSchema } from './incident.ts';
import { playbookSchema } from './playbook.ts';

/** A file of this length is still read at once. */
export const MOST_PLAYBOOK_CHARACTERS = 100_000;

/** What is wrong with the text of a playbook; line and column count from 1. */
export const playbookFaultSchema = z.object({ line: z.number(), column: z.number(), reason: z.string() });
export type PlaybookFault = z.infer<typeof playbookFaultSchema>;

/** A playbook as it stands: the one in use, and the text it comes from. */
export const playbookStateSchema = z.object({
  type: incidentTypeSchema,
  inUse: playbookSchema,
  /** Whose it is: edited here, the county's, or the one that Beacon comes with. */
  origin: z.enum(['edited', 'county', 'shipped']),
  /** As it stands in its file, which may be the one with the faults. */
  text: z.string(),
  /** What keeps the text from being used: an earlier one is in use. */
  faults: z.array(playbookFaultSchema),
  changedAtMs: z.number().optional(),
});
export type PlaybookState = z.infer<typeof playbookStateSchema>;
