import { playbookSchema } from '../../shared/incidents/playbook.ts';

/** What an IncidentCommands stands on, where a test asks for none of it: no orders go out, playbooks are empty. */
export const quietDesk = {
  workstation: 'ws-test',
  countyName: 'Test County',
  playbookOf: () => playbookSchema.parse({ title: 'Test' }),
  linkName: (linkId: string): string | undefined => (linkId.startsWith('L') ? `Road ${linkId}` : undefined),
};
