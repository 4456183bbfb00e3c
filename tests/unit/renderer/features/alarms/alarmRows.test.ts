import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compareAlarms, urgentWaiting } from '../../../../../renderer/features/alarms/alarmOrder.ts';
import { alarmRows, alarmsOf, leadOf } from '../../../../../renderer/features/alarms/alarmRows.ts';
import { alarmStateSchema } from '../../../../../shared/alarms/alarm.ts';
import { fixtureAlarmDomains } from '../../../../support/fixtureAlarmDomains.ts';
import type { AlarmPriority } from '../../../../../shared/alarms/alarm.ts';
import { fixtureAlarm } from '../../../../support/fixtureAlarms.ts';

const anyAlarm = fc
  .record({
    id: fc.uuid(),
    priority: fc.constantFrom<AlarmPriority>(1, 2, 3, 4),
    state: fc.constantFrom(...alarmStateSchema.options),
    domain: fc.constantFrom(...fixtureAlarmDomains.map(({ id }) => id)),
    causeGroup: fc.constantFrom('feeder:F1', 'link:L1', 'zone:Z1'),
    raisedAtMs: fc.nat(10_000),
  })
  .map(fixtureAlarm);
const alarmList = fc.uniqueArray(anyAlarm, { selector: ({ id }) => id });
const always = (): boolean => true;
const none: ReadonlySet<string> = new Set();

describe('compareAlarms', () => {
  it('puts the urgent, then the unacknowledged, then the new first', () => {
    const list = [
      fixtureAlarm({ id: 'old' }),
      fixtureAlarm({ id: 'seen', state: 'acknowledged', raisedAtMs: 3000 }),
      fixtureAlarm({ id: 'new', raisedAtMs: 2000 }),
      fixtureAlarm({ id: 'back', state: 'returned', raisedAtMs: 9000 }),
      fixtureAlarm({ id: 'worst', priority: 1, state: 'acknowledged' }),
    ];
    expect(list.sort(compareAlarms).map(({ id }) => id)).toEqual(['worst', 'new', 'old', 'back', 'seen']);
  });

  it('gives one order, however the alarms arrive', () => {
    fc.assert(
      fc.property(alarmList, (alarms) => {
        expect(alarms.toReversed().sort(compareAlarms)).toEqual(alarms.toSorted(compareAlarms));
      }),
    );
  });
});

test('urgent and waiting is what is of priority 1 or 2 and acknowledged by nobody, also after its return to normal', () => {
  const alarms = [
    fixtureAlarm({ id: 'A', priority: 2 }),
    fixtureAlarm({ id: 'B', priority: 1, state: 'returned' }),
    fixtureAlarm({ id: 'C', priority: 1, state: 'acknowledged' }),
    fixtureAlarm({ id: 'D', priority: 1, state: 'shelved' }),
    fixtureAlarm({ id: 'E' }),
  ];
  expect(urgentWaiting(alarms).map(({ id }) => id)).toEqual(['B', 'A']);
});

describe('alarmRows', () => {
  it('puts alarms of one cause behind one line at the place of the most urgent', () => {
    const alarms = [
      fixtureAlarm({ id: 'A', causeGroup: 'x' }),
      fixtureAlarm({ id: 'B' }),
      fixtureAlarm({ id: 'C', priority: 4, causeGroup: 'x' }),
    ];
    const rows = alarmRows(alarms, always, none);
    expect(rows.map((row) => [row.kind, alarmsOf(row).map(({ id }) => id)])).toEqual([
      ['group', ['A', 'C']],
      ['alarm', ['B']],
    ]);
  });

  it('shows the members of an unfolded group beneath it', () => {
    const alarms = [fixtureAlarm({ id: 'A', causeGroup: 'x' }), fixtureAlarm({ id: 'B', causeGroup: 'x' })];
    expect(alarmRows(alarms, always, new Set(['group:x'])).map(({ key }) => key)).toEqual(['group:x', 'A', 'B']);
  });

  it('never puts an alarm of priority 1 or 2 into a group, folded or not', () => {
    fc.assert(
      fc.property(alarmList, fc.boolean(), (alarms, isUnfolded) => {
        const rows = alarmRows(
          alarms.sort(compareAlarms),
          always,
          new Set(isUnfolded ? ['group:feeder:F1', 'group:link:L1', 'group:zone:Z1'] : []),
        );
        const alone = rows.filter((row) => row.kind === 'alarm' && row.group === undefined).map(({ key }) => key);
        expect(alone).toEqual(
          expect.arrayContaining(alarms.filter(({ priority }) => priority <= 2).map(({ id }) => id)),
        );
        for (const row of rows)
          if (row.kind === 'group') expect(row.members.every(({ priority }) => priority > 2)).toBe(true);
      }),
    );
  });

  it('loses and doubles nothing, and keeps the order', () => {
    fc.assert(
      fc.property(alarmList, fc.func(fc.boolean()), (alarms, isGrouped) => {
        const ordered = alarms.sort(compareAlarms);
        const rows = alarmRows(ordered, isGrouped, none);
        expect(rows.flatMap((row) => alarmsOf(row).map(({ id }) => id)).sort()).toEqual(
          alarms.map(({ id }) => id).sort(),
        );
        expect(rows.map(leadOf)).toEqual(rows.map(leadOf).toSorted(compareAlarms));
      }),
    );
  });
});
