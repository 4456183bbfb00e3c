import { expect, it } from 'vitest';
import { isInside } from '../../../../../shared/base/geometry/isInside.ts';

it('knows inside from outside, in a bay too', () => {
  const bay = [
    [0, 0],
    [10, 0],
    [10, 10],
    [5, 3],
    [0, 10],
    [0, 0],
  ] as const;
  expect(
    [
      [1, 1],
      [9, 8],
      [5, 8],
      [11, 5],
    ].map(([x, y]) => isInside(bay, x ?? 0, y ?? 0)),
  ).toEqual([true, true, false, false]);
});
