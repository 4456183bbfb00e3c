import { expect, test } from 'vitest';
import { weekMeans, withoutChange } from '../../../../../renderer/features/impact/effectOption.ts';
import { dayOfText } from '../../../../../shared/impact/dayText.ts';
import type { Evaluation } from '../../../../../shared/impact/evaluation.ts';

const start = dayOfText('2026-06-01');
const report = {
  plan: { startDay: '2026-06-01', afterDay: '2026-06-08' },
  place: {
    place: '',
    samples: Array.from({ length: 28 }, (_, at) => ({ day: start - 14 + at, value: at < 14 ? 10 : 8 })),
  },
  result: { share: -0.2, low90: -0.36, high90: 0 },
} as unknown as Evaluation;

test('the band is where the mean after the change would have been without it', () => {
  const level = withoutChange(report);
  expect(level?.middle).toBeCloseTo(10);
  expect(level?.low).toBeCloseTo(8);
  expect(level?.high).toBeCloseTo(12.5);
  expect(withoutChange({ ...report, result: { fault: 'too little' } })).toBeUndefined();
});

test('no week of the chart lies across the start', () => {
  expect(weekMeans(report).map(([, value]) => value)).toEqual([10, 10, 8, 8]);
});
