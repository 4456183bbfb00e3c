import { expect, it } from 'vitest';
import { namedReadings } from '../../../../shared/incidents/commands/namedReadings.ts';
import type { Incident } from '../../../../shared/incidents/incident.ts';

const readings = namedReadings({
  unit: (id) => (id === 'PATROL-4' ? 'Patrol 4' : undefined),
  route: (id) => (id === 'R4' ? '4' : undefined),
});
const lineOf = (event: { kind: string } & Record<string, unknown>): string | undefined =>
  readings
    .get(event.kind)
    ?.line({ id: 'I-1' } as Incident, { id: 'a:1', atMs: 0, by: 'Ann', workstation: 'a', event: event as never });

it('lines name units and routes by name, and by id what has none', () => {
  const ordered = { kind: 'incident.unitOrdered', incidentId: 'I-1', order: 'go' };
  expect(lineOf({ ...ordered, unitId: 'PATROL-4' })).toBe('Patrol 4 ordered to go');
  expect(lineOf({ ...ordered, unitId: 'TOW-9' })).toBe('TOW-9 ordered to go');
  expect(lineOf({ kind: 'incident.alertSet', incidentId: 'I-1', text: 'Diverted', routeIds: ['R4', 'R5'] })).toBe(
    'Service alert for route 4, R5: Diverted',
  );
});
