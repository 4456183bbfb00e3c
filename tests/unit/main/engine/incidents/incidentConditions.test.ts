import { expect, it } from 'vitest';
import { incidentConditions, settingConditions } from '../../../../../main/engine/incidents/incidentConditions.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';
import { playbookSchema } from '../../../../../shared/incidents/playbook.ts';

const MINUTE = 60_000;
const playbook = playbookSchema.parse({
  title: 'Crash',
  serviceLevel: { verification: [2, 5, 10, 30], roadwayClearance: [60, 60, 90, 120] },
});
const crash: Incident = {
  id: 'I-1',
  type: 'crash',
  priority: 2,
  status: 'reported',
  title: 'Crash',
  place: 'Mile 12',
  alarmIds: [],
  unitIds: [],
  openedAtMs: 0,
  changedAtMs: 0,
  log: [],
  milestones: { T1: { atMs: 0, by: 'Ann', source: 'opening' } },
  playbook,
};
const after = (minutes: number, incident = crash) =>
  incidentConditions([incident], minutes * MINUTE).map(({ rule, priority, title }) => ({ rule, priority, title }));

it('warns before a time is missed, and is more urgent when it is; one condition an incident', () => {
  expect(after(3)).toEqual([]);
  expect(after(4)).toEqual([
    { rule: 'incident.serviceLevel', priority: 3, title: 'I-1: Verification soon out of time' },
  ]);
  expect(after(6)).toEqual([{ rule: 'incident.serviceLevel', priority: 2, title: 'I-1: Verification out of time' }]);
  expect(after(61)).toEqual([
    { rule: 'incident.serviceLevel', priority: 2, title: 'I-1: Verification, Roadway clearance out of time' },
  ]);
  expect(after(61, { ...crash, priority: 3 })[0]?.priority).toBe(3);
  expect(after(61, { ...crash, status: 'resolved', resolvedAtMs: 1 })).toEqual([]);
});

it('says which playbook has an error and where, and that the settings have one', () => {
  const state = {
    type: 'crash',
    inUse: playbook,
    origin: 'edited',
    text: '',
    faults: [{ line: 4, column: 1, reason: 'Bad' }],
  } as const;
  expect(settingConditions([{ ...state, faults: [] }], undefined)).toEqual([]);
  expect(settingConditions([{ ...state, faults: [...state.faults] }], 'smtp.host: missing')).toMatchObject([
    { rule: 'system.playbook', cause: 'Line 4: Bad' },
    { rule: 'system.notifications', cause: 'smtp.host: missing' },
  ]);
});
