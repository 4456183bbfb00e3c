import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAlarms, countByDomain, groupAlarms, isWaiting } from '../../../../../renderer/features/alarms/groupAlarms.ts';
import { loadLevel } from '../../../../../renderer/features/alarms/loadLevel.ts';
import { alarmDomainSchema, alarmStateSchema } from '../../../../../shared/alarms/alarm.ts';
import type { Alarm, AlarmPriority } from '../../../../../shared/alarms/alarm.ts';
import { isHidden } from '../../../../../shared/alarms/alarmStates.ts';

const alarm = (part: Partial<Alarm>): Alarm => ({
  id: 'A1', rule: 'traffic.slowLink', domain: 'traffic', priority: 2, state: 'active', subject: { kind: 'link', id: 'L1' }, title: 'Standing traffic', place: 'Main Street',
  cause: '', consequence: '', action: '', evidence: [], position: 'streets', respondWithinMs: 0, causeGroup: 'link:L1', raisedAtMs: 1000, changedAtMs: 1000, ...part,
});

const anyAlarm = fc.record({
  id: fc.uuid(), priority: fc.constantFrom<AlarmPriority>(1, 2, 3, 4), state: fc.constantFrom(...alarmStateSchema.options), domain: fc.constantFrom(...alarmDomainSchema.options),
  rule: fc.constantFrom('r1', 'r2'), place: fc.constantFrom('here', 'there'), raisedAtMs: fc.nat(10_000),
}).map(alarm);

describe('compareAlarms', () => {
  it('puts the urgent, then the unacknowledged, then the new first', () => {
    const list = [alarm({ id: 'old' }), alarm({ id: 'seen', state: 'acknowledged', raisedAtMs: 3000 }), alarm({ id: 'new', raisedAtMs: 2000 }), alarm({ id: 'worst', priority: 1, state: 'acknowledged' })];
    expect(list.sort(compareAlarms).map(({ id }) => id)).toEqual(['worst', 'new', 'old', 'seen']);
  });

  it('gives one order, however the alarms arrive', () => {
    fc.assert(fc.property(fc.uniqueArray(anyAlarm, { selector: ({ id }) => id }), (alarms) => {
      expect(alarms.toReversed().sort(compareAlarms)).toEqual(alarms.toSorted(compareAlarms));
    }));
  });
});

describe('groupAlarms', () => {
  it('makes one group of a rule of the lowest priority, wherever it is', () => {
    const tree = groupAlarms([alarm({ id: 'A', priority: 4 }), alarm({ id: 'B', priority: 4, place: 'Elm Street' })], 'all', true);
    expect(tree.operational.map(({ members }) => members.length)).toEqual([2]);
  });

  it('makes one group of one rule at one place, led by the most urgent', () => {
    const tree = groupAlarms([alarm({ id: 'A', priority: 3 }), alarm({ id: 'B', priority: 1 }), alarm({ id: 'C', place: 'Elm Street' })], 'all', true);
    expect(tree.operational.map(({ lead, members }) => [lead.id, members.length])).toEqual([['B', 2], ['C', 1]]);
  });

  it('keeps maintenance apart under every filter', () => {
    const tree = groupAlarms([alarm({ id: 'A' }), alarm({ id: 'M', domain: 'maintenance', priority: 4 })], 'water', true);
    expect(tree.operational).toEqual([]);
    expect(tree.maintenance.map(({ lead }) => lead.id)).toEqual(['M']);
  });

  it('loses and doubles nothing but what is cleared or hidden', () => {
    fc.assert(fc.property(fc.uniqueArray(anyAlarm, { selector: ({ id }) => id }), fc.boolean(), (alarms, isGrouped) => {
      const { operational, maintenance } = groupAlarms(alarms, 'all', isGrouped);
      const shown = [...operational, ...maintenance].flatMap(({ members }) => members.map(({ id }) => id));
      expect(shown.sort()).toEqual(alarms.filter(({ state }) => state !== 'cleared' && !isHidden({ state })).map(({ id }) => id).sort());
    }));
  });

  it('shows every alarm by itself when asked to', () => {
    expect(groupAlarms([alarm({ id: 'A' }), alarm({ id: 'B' })], 'all', false).operational).toHaveLength(2);
  });
});

it('counts by domain what is not over', () => {
  expect(countByDomain([alarm({}), alarm({ id: 'B', state: 'cleared' }), alarm({ id: 'C', domain: 'water' })])).toEqual({ traffic: 1, water: 1 });
});

it('waits for an acknowledgement also after the return to normal', () => {
  expect(isWaiting(alarm({ state: 'returned' }))).toBe(true);
  expect(isWaiting(alarm({ state: 'acknowledged', acknowledgedAtMs: 5 }))).toBe(false);
});

it('judges the load by the limits of one operating position', () => {
  expect([0, 1, 2, 3, 10, 11].map(loadLevel)).toEqual(['calm', 'calm', 'busy', 'high', 'high', 'flood']);
});
