import { expect, it } from 'vitest';
import { incidentStatusSchema } from '../../../../shared/incidents/incident.ts';
import { statusOf, stepsTaken } from '../../../../shared/incidents/statusOf.ts';

const said = { atMs: 1, by: 'Ann', source: 'operator' };
type Course = Parameters<typeof stepsTaken>[0];
const lit = (course: Course): string[] => incidentStatusSchema.options.filter((step) => stepsTaken(course).has(step));

it('lights no step that nobody took, however far the incident is', () => {
  const resolved: Course = { milestones: { T1: said, T3: said }, resolvedAtMs: 9 };
  expect(statusOf(resolved)).toBe('resolved');
  expect(lit(resolved)).toEqual(['reported', 'dispatched', 'resolved']);
  const onScene: Course = { milestones: { T1: said, T3: said, T4: said }, acknowledged: { by: 'Ann', atMs: 1 } };
  expect(lit(onScene)).toEqual(['reported', 'acknowledged', 'dispatched', 'onScene']);
  expect(lit({ milestones: { T6: said } })).toEqual(['reported']);
});
