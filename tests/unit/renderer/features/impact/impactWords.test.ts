import { expect, test } from 'vitest';
import { impactViewOf } from '../../../../../renderer/features/impact/ImpactView.tsx';
import { change, findingWords, stateOf, whyNaive } from '../../../../../renderer/features/impact/impactWords.ts';
import type { Plan } from '../../../../../shared/impact/plan.ts';
import { person } from '../../../../support/people.ts';

const finding = { share: -0.081, low90: -0.12, high90: -0.04, isSeen: true };

test('an effect, no effect and too little data are said equally plainly', () => {
  expect(findingWords(finding)).toBe('−8.1 %, 90 % interval −12.0 % to −4.0 %');
  expect(findingWords({ share: 0.01, low90: -0.02, high90: 0.04, isSeen: false })).toContain('No effect seen (+1.0 %');
  expect(findingWords({ isSeen: false, fault: 'There are 3 weeks.' })).toBe('No result: There are 3 weeks.');
  expect(change(0)).toBe('+0.0 %');
});

test('the plain comparison is said to mislead where it lies outside of the interval', () => {
  expect(whyNaive(-0.2, finding)).toContain('misleads');
  expect(whyNaive(-0.1, finding)).toContain('agree');
  expect(whyNaive(undefined, finding)).toBe('');
});

test('the state of a plan follows from who did what, and from the day', () => {
  const plan: Plan = {
    id: 'P1',
    plan: {
      ...{ question: 'q', measureId: 'waterInflow', measureVersion: 1, place: '', comparison: [], mayMove: '' },
      ...{ baselineFrom: '2025-01-01', startDay: '2026-01-10', afterDay: '2026-01-17', lastDay: '2026-04-01' },
      ...{ method: 'interruptedSeries', sensorDays: [] },
    },
    written: { by: person('Ann'), atMs: 0 },
    ...{ earlier: [], evaluations: [] },
  };
  const hash = '0'.repeat(64);
  const registered: Plan = {
    ...plan,
    registered: {
      ...{ planHash: hash, measureHash: hash, baselineHash: hash, heads: [], onDay: '2026-01-01' },
      ...{ by: person('Dana'), atMs: 1 },
    },
  };
  expect(stateOf(plan, '2026-01-01')).toContain('another person');
  expect(stateOf(registered, '2026-01-01')).toContain('begins on 2026-01-10');
  expect(stateOf(registered, '2026-02-01')).toContain('Under way');
  expect(stateOf(registered, '2026-05-01')).toBe('Can be evaluated');
});

test('an address that names no view shows the audit', () => {
  expect([impactViewOf('plans'), impactViewOf(''), impactViewOf('nothing')]).toEqual(['plans', 'audit', 'audit']);
});
