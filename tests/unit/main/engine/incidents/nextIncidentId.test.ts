import { expect, it } from 'vitest';
import { nextIncidentId } from '../../../../../main/engine/incidents/nextIncidentId.ts';

it('numbers incidents by local day and never gives a number twice', () => {
  const justBeforeLocalMidnight = Date.UTC(2026, 10, 24, 7, 59);
  expect(nextIncidentId([], justBeforeLocalMidnight, 'America/Los_Angeles')).toBe('I-1123-001');
  expect(nextIncidentId(['I-1123-006', 'I-1124-900'], justBeforeLocalMidnight, 'America/Los_Angeles')).toBe('I-1123-007');
  expect(nextIncidentId(['I-1123-999'], justBeforeLocalMidnight, 'America/Los_Angeles')).toBe('I-1123-1000');
});
