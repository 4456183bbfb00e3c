import { expect, it } from 'vitest';
import { fittingCount } from '../../../../renderer/ui/fittingCount.ts';

it('counts what fits, and leaves room for the way to the others only where there are others', () => {
  expect(fittingCount([50, 50, 50], 150, 40)).toBe(3);
  expect(fittingCount([50, 50, 50], 149, 40)).toBe(2);
  expect(fittingCount([50, 50, 50], 139, 40)).toBe(1);
  expect(fittingCount([50, 50, 50], 30, 40)).toBe(0);
  expect(fittingCount([], 0, 40)).toBe(0);
});
