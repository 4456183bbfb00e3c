import { playbookSchema } from '../../shared/incidents/playbook.ts';

/**
 * The dependencies of an IncidentCommands for tests that use none of them: no orders are sent, and playbooks are empty.
 */
export const quietDesk = {
  workstation: 'ws-test',
  countyName: 'Test County',
  playbookOf: () => playbookSchema.parse({ title: 'Test' }),
  linkName: (linkId: string): string | undefined => (linkId.startsWith('L') ? `Road ${linkId}` : undefined),
  routeName: (routeId: string): string | undefined => (/^\d+$/.test(routeId) ? `Line ${routeId}` : undefined),
  unitName: (unitId: string): string | undefined => (unitId.startsWith('X') ? undefined : unitId),
};
