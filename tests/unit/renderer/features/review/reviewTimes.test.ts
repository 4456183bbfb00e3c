import { expect, it } from 'vitest';
import { neighbourLine, reachedLine, reviewSpan } from '../../../../../renderer/features/review/reviewTimes.ts';

const MINUTE = 60_000;
const line = (atMs: number) => ({ id: String(atMs), atMs, actor: 'Ann', text: 'did' });
const by = { by: 'Ann', source: 'operator' };

it('spans from before the first that was known to after the last that was done', () => {
  const incident = {
    openedAtMs: 100 * MINUTE,
    resolvedAtMs: 150 * MINUTE,
    milestones: { T1: { atMs: 98 * MINUTE, ...by }, T7: { atMs: 160 * MINUTE, ...by } },
    log: [],
  };
  expect(reviewSpan(incident, 500 * MINUTE)).toEqual({ fromMs: 93 * MINUTE, toMs: 162 * MINUTE });
  const { resolvedAtMs: _resolvedAtMs, ...open } = incident;
  expect(reviewSpan(open, 500 * MINUTE).toMs).toBe(500 * MINUTE);
  expect(reviewSpan(incident, 161 * MINUTE).toMs).toBe(161 * MINUTE);
});

it('knows the line that was reached last, and the ones beside it', () => {
  const lines = [line(10_000), line(20_000), line(40_000)];
  expect([0, 10_000, 39_999, 99_000].map((at) => reachedLine(lines, at))).toEqual([-1, 0, 1, 2]);
  expect(neighbourLine(lines, 20_000, 1)?.atMs).toBe(40_000);
  expect(neighbourLine(lines, 20_500, -1)?.atMs).toBe(10_000);
  expect(neighbourLine(lines, 40_000, 1)).toBeUndefined();
  expect(neighbourLine(lines, 10_000, -1)).toBeUndefined();
});
