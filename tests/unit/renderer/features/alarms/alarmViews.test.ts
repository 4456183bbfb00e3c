import { expect, test } from 'vitest';
import {
  countByDomain,
  noFilter,
  passes,
  pickAlarms,
  viewOf,
} from '../../../../../renderer/features/alarms/alarmViews.ts';
import { minePositions } from '../../../../../renderer/features/alarms/useMinePositions.ts';
import { fixtureAlarm, fixturePositions } from '../../../../support/fixtureAlarms.ts';
import { person } from '../../../../support/people.ts';

const none: ReadonlySet<string> = new Set();

test('an alarm is in one list only: what is hidden is not among what calls, and sick sensors are apart', () => {
  expect(viewOf(fixtureAlarm({ id: 'A' }))).toBe('current');
  expect(viewOf(fixtureAlarm({ id: 'A', domain: 'maintenance' }))).toBe('maintenance');
  expect(viewOf(fixtureAlarm({ id: 'A', domain: 'maintenance', state: 'shelved' }))).toBe('shelved');
  expect(viewOf(fixtureAlarm({ id: 'A', state: 'suppressed' }))).toBe('suppressed');
  expect(viewOf(fixtureAlarm({ id: 'A', state: 'outOfService' }))).toBe('outOfService');
  expect(viewOf(fixtureAlarm({ id: 'A', state: 'cleared' }))).toBeUndefined();
});

test('a filter lets through what all of its parts let through', () => {
  const alarm = fixtureAlarm({ id: 'A', domain: 'water', priority: 2, state: 'returned' });
  expect(passes(alarm, noFilter, none)).toBe(true);
  expect(
    passes(
      alarm,
      { ...noFilter, domains: new Set(['water', 'traffic']), priorities: new Set([2]), state: 'unacknowledged' },
      none,
    ),
  ).toBe(true);
  expect(passes(alarm, { ...noFilter, domains: new Set(['traffic']) }, none)).toBe(false);
  expect(passes(alarm, { ...noFilter, priorities: new Set([1]) }, none)).toBe(false);
  expect(passes(alarm, { ...noFilter, state: 'acknowledged' }, none)).toBe(false);
  expect(passes(alarm, { ...noFilter, position: 'streets' }, none)).toBe(false);
  expect(passes(alarm, { ...noFilter, position: 'mine' }, new Set(['utilities']))).toBe(true);
  expect(passes(alarm, { ...noFilter, position: 'mine' }, none)).toBe(false);
});

test('the filter says how many urgent alarms it keeps back', () => {
  const alarms = [
    fixtureAlarm({ id: 'A', priority: 1, domain: 'water' }),
    fixtureAlarm({ id: 'B' }),
    fixtureAlarm({ id: 'C', domain: 'water', priority: 4 }),
    fixtureAlarm({ id: 'D', state: 'shelved', priority: 1, domain: 'water' }),
  ];
  const picked = pickAlarms(alarms, 'current', { ...noFilter, domains: new Set(['traffic']) }, none);
  expect(picked.alarms.map(({ id }) => id)).toEqual(['B']);
  expect(picked.urgentHidden).toBe(1);
  expect(picked.counts).toEqual({ current: 3, maintenance: 0, shelved: 1, suppressed: 0, outOfService: 0 });
});

test('domains are counted by what calls', () => {
  expect(
    countByDomain([
      fixtureAlarm({ id: 'A' }),
      fixtureAlarm({ id: 'B', state: 'shelved' }),
      fixtureAlarm({ id: 'C', domain: 'water' }),
    ]),
  ).toEqual({ traffic: 1, water: 1 });
});

test('mine is what I hold; what nobody holds is the supervisor’s', () => {
  const ann = person('Ann', 'operator');
  const positions = fixturePositions({ ...ann, workstation: 'Desk 1' }, 0);
  expect([...minePositions(positions, ann)]).toEqual(['streets']);
  expect([...minePositions(positions, person('Sue', 'supervisor'))]).toEqual(['utilities', 'systems']);
  expect([...minePositions(positions, person('Ben', 'operator'))]).toEqual([]);
  expect([...minePositions(positions, undefined)]).toEqual([]);
});
