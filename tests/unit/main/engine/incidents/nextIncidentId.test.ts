import { expect, it } from 'vitest';
import { nextIncidentId } from '../../../../../main/engine/incidents/nextIncidentId.ts';

const next = (known: string[], workstation = 'ws-a') =>
  nextIncidentId(known, Date.UTC(2026, 10, 24, 7, 59), 'America/Los_Angeles', workstation);

it('numbers incidents by local day and never gives a number twice', () => {
  expect(next([])).toMatch(/^I-1123-001-[0-9A-Z]{2}$/);
  expect(next(['I-1123-006', 'I-1124-900', 'I-1123-003-K4'])).toMatch(/^I-1123-007-/);
  expect(next(['I-1123-999'])).toMatch(/^I-1123-1000-/);
});

it('gives two workstations that do not hear of each other different ids', () => {
  expect(next([], 'ws-b')).not.toBe(next([], 'ws-a'));
});
