import { z } from 'zod';
import { command } from '../../commands/declare.ts';
import { incidentTypeSchema } from '../incident.ts';
import { MOST_PLAYBOOK_CHARACTERS, playbookFaultSchema } from '../playbookState.ts';

/** The commands on playbooks. */
export const playbookCommands = {
  /** Saves a playbook, a text in YAML. Where it has faults, the answer lists them and nothing was saved. */
  'playbook.save': {
    ...command(
      z.object({ type: incidentTypeSchema, text: z.string().max(MOST_PLAYBOOK_CHARACTERS) }),
      z.object({ faults: z.array(playbookFaultSchema) }),
      'playbook.edit',
    ),
    event: z.object({ kind: z.literal('playbook.saved'), type: incidentTypeSchema, text: z.string() }),
  },
} as const;
