import { describe, expect, it } from 'vitest';
import { boardRows } from '../../../../../renderer/features/dispatch/boardRows.ts';
import type { CountyUnit, HeardUnit } from '../../../../../renderer/features/dispatch/boardRows.ts';
import { callState, sortCalls } from '../../../../../renderer/features/dispatch/calls.ts';
import { dispatchAct } from '../../../../../renderer/features/dispatch/dispatchKeys.ts';
import { wayBounds } from '../../../../../renderer/features/dispatch/wayBounds.ts';
import type { Engagement, Incident } from '../../../../../shared/incidents/incident.ts';

const NOW = 1_000_000;
const incident = (part: Partial<Incident>): Incident => ({
  id: 'I1',
  type: 'crash',
  priority: 2,
  status: 'reported',
  title: 'Crash',
  place: 'Main Street',
  alarmIds: [],
  unitIds: [],
  openedAtMs: 10_000,
  changedAtMs: 10_000,
  milestones: {},
  log: [],
  ...part,
});
const engagement = (state: Engagement['state'], atMs = NOW): Engagement => ({ unitId: 'A', state, atMs });
const at = (atMs: number): { atMs: number; by: string; source: string } => ({ atMs, by: 'operator', source: 'screen' });

describe('the calls', () => {
  it('tell how far the response is, and before all else that an order is not accepted', () => {
    const state = (...engagements: Engagement[]): string => callState(incident({ engagements }), NOW);
    expect([
      state(),
      state(engagement('ordered')),
      state(engagement('accepted')),
      state(engagement('enRoute')),
      state(engagement('onScene')),
    ]).toEqual(['waiting', 'ordered', 'underWay', 'underWay', 'onScene']);
    expect(state(engagement('onScene'), { ...engagement('ordered', NOW - 60_000), unitId: 'B' })).toBe('unanswered');
    expect([
      state(engagement('stoodDown')),
      callState(incident({ engagements: [engagement('left')], milestones: { T4: at(1) } }), NOW),
    ]).toEqual(['waiting', 'served']);
  });

  it('stand by priority, then those that wait for somebody, then the longest clock; what is over or merged is no call', () => {
    const order = sortCalls(
      [
        incident({ id: 'served', engagements: [engagement('onScene')], milestones: { T1: at(0) } }),
        incident({ id: 'late' }),
        incident({ id: 'early', milestones: { T1: at(1000) } }),
        incident({ id: 'silent', openedAtMs: 20_000, engagements: [engagement('ordered', 0)] }),
        incident({ id: 'urgent', priority: 1 }),
        incident({ id: 'done', status: 'resolved' }),
        incident({ id: 'same', mergedInto: 'late' }),
      ],
      NOW,
    );
    expect(order.map(({ incident: { id } }) => id)).toEqual(['urgent', 'early', 'late', 'silent', 'served']);
  });
});

describe('the keys of the dispatcher', () => {
  it('send with two keys and not with one', () => {
    expect([dispatchAct('1', false), dispatchAct('d', false), dispatchAct('1', true), dispatchAct('9', true)]).toEqual([
      undefined,
      { kind: 'arm' },
      { kind: 'send', index: 0 },
      { kind: 'send', index: 8 },
    ]);
  });

  it('call it off with any other key, which keeps its own meaning but for Escape', () => {
    expect([
      dispatchAct('Escape', true),
      dispatchAct('n', true),
      dispatchAct('0', true),
      dispatchAct('Shift', true),
    ]).toEqual([
      { kind: 'disarm', isHeld: true },
      { kind: 'disarm', isHeld: false },
      { kind: 'disarm', isHeld: false },
      undefined,
    ]);
    expect([
      dispatchAct('Escape', false),
      dispatchAct('u', false),
      dispatchAct('j', false),
      dispatchAct('k', false),
    ]).toEqual([undefined, { kind: 'undo' }, { kind: 'step', by: 1 }, { kind: 'step', by: -1 }]);
  });
});

describe('the board of units', () => {
  const unit = (id: string, kind: CountyUnit['kind'], shift?: CountyUnit['shift']): CountyUnit => ({
    id,
    kind,
    name: `Unit ${id}`,
    capabilities: [],
    ...(shift && { shift }),
  });
  const heard = (id: string, status: HeardUnit['status'], more: Partial<HeardUnit> = {}): [string, HeardUnit] => [
    id,
    { index: 0, id, status, seenAtMs: NOW, where: 'in Town', ...more },
  ];

  it('has each kind together, first who does not answer, then the free, the busy and those off duty', () => {
    const units = [
      unit('10', 'police'),
      unit('2', 'police', { fromMin: 360, toMin: 1080 }),
      unit('3', 'police'),
      unit('4', 'police'),
      unit('T', 'tow'),
      unit('F', 'fire'),
    ];
    const states = new Map([
      heard('10', 'available'),
      heard('2', 'available'),
      heard('3', 'onScene', { incidentId: 'I-3' }),
      heard('4', 'available'),
      heard('F', 'available'),
    ]);
    const rows = boardRows(units, states, new Map([['4', 'I-9']]));
    expect(rows.map(({ id, status, incidentId, shift }) => [id, status, incidentId, shift])).toEqual([
      ['4', 'does not answer', 'I-9', 'always'],
      ['2', 'available', undefined, '06:00-18:00'],
      ['10', 'available', undefined, 'always'],
      ['3', 'on scene', 'I-3', 'always'],
      ['F', 'available', undefined, 'always'],
      ['T', 'not heard', undefined, 'always'],
    ]);
  });
});

it('the map shows the incident and all ways to it', () => {
  expect([
    wayBounds({ lon: 3, lat: 4 }, [
      [
        [1, 2],
        [2, 9],
      ],
    ]),
    wayBounds({ lon: 3, lat: 4 }, []),
    wayBounds({}, []),
  ]).toEqual([[1, 2, 3, 9], [3, 4, 3, 4], undefined]);
});
