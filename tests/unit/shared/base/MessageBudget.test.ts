import { expect, test } from 'vitest';
import { MessageBudget } from '../../../../shared/base/MessageBudget.ts';

/** How many messages of a size are taken in a time of offering one per millisecond. */
function taken(budget: MessageBudget, bytes: number, fromMs: number, ms: number): number {
  return Array.from({ length: ms }, (_, index) => budget.take(bytes, fromMs + index)).filter(Boolean).length;
}

test('a peer may send a number at once and then so many per second', () => {
  const budget = new MessageBudget(100, 200, 0);
  expect(taken(budget, 10, 0, 1000)).toBeLessThanOrEqual(300);
  expect(taken(budget, 10, 1000, 10_000)).toBeGreaterThan(900);
  expect(taken(budget, 10, 11_000, 10_000)).toBeLessThanOrEqual(1001);
});

test('a long message counts as several, and none is too long to be ever taken', () => {
  const budget = new MessageBudget(100, 200, 0);
  expect(taken(budget, 1_000_000, 0, 1000)).toBeLessThanOrEqual(2);
  expect(taken(budget, 1_000_000, 1000, 10_000)).toBeLessThanOrEqual(5);
  expect(budget.take(1_000_000, 1e6)).toBe(true);
});

test('another budget begins with all of it', () => {
  const budget = new MessageBudget(1, 1, 0);
  expect([budget.take(1, 0), budget.take(1, 0)]).toEqual([true, false]);
  budget.become(10, 20);
  expect(taken(budget, 0, 0, 20)).toBe(20);
});
