import { z } from 'zod';
import { command } from '../../commands/declare.ts';
import { incidentTypeSchema } from '../incident.ts';
import { MOST_PLAYBOOK_CHARACTERS, playbookFaultSchema } from '../playbookState.ts';

/** What the work on incidents goes by. */
export const playbookCommands = {
  /** Where the text has faults they are the answer, and nothing was saved. The text is YAML. */
  'playbook.save': {
    ...command(
      z.object({ type: incidentTypeSchema, text: z.string().max(MOST_PLAYBOOK_CHARACTERS) }),
      z.object({ faults: z.array(playbookFaultSchema) }),
      'supervisor',
    ),
    event: z.object({ kind: z.literal('playbook.saved'), type: incidentTypeSchema, text: z.string() }),
  },
} as const;
