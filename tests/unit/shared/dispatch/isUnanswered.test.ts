import { expect, it } from 'vitest';
import { isUnanswered } from '../../../../shared/dispatch/isUnanswered.ts';
import { acceptWithinMs } from '../../../../shared/dispatch/rules.ts';

it('an order is unanswered when its time is over, and not before', () => {
  const order = { state: 'ordered', atMs: 1000 } as const;
  expect(isUnanswered(order, 1000 + acceptWithinMs - 1)).toBe(false);
  expect(isUnanswered(order, 1000 + acceptWithinMs)).toBe(true);
});

it.each(['accepted', 'enRoute', 'onScene', 'stoodDown', 'left'] as const)(
  'a unit that is %s owes no answer',
  (state) => {
    expect(isUnanswered({ state, atMs: 0 }, Number.MAX_SAFE_INTEGER)).toBe(false);
  },
);
