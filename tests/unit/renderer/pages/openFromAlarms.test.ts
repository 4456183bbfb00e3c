import { expect, it, vi } from 'vitest';
import { openFromAlarms } from '../../../../renderer/pages/openFromAlarms.ts';
import { fixtureAlarm } from '../../../support/fixtureAlarms.ts';

it('opens an incident from alarms that have none, and shows the one that they have', () => {
  const [open, show] = [vi.fn(), vi.fn()];
  const from = openFromAlarms(open, [], show);
  const [free, clock] = [fixtureAlarm({ id: 'a' }), fixtureAlarm({ id: 'b', incidentId: 'I-1' })];
  from([clock, free]);
  expect(open).toHaveBeenCalledWith(expect.objectContaining({ alarmIds: ['a'] }));
  expect(show).not.toHaveBeenCalled();
  from([clock]);
  expect(open).toHaveBeenCalledOnce();
  expect(show).toHaveBeenCalledWith('I-1');
});
