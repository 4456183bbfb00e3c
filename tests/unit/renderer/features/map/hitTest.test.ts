import { expect, it } from 'vitest';
import { distanceToPath, nearestSpot } from '../../../../../renderer/features/map/hitTest.ts';
import type { Spot } from '../../../../../renderer/features/map/hitTest.ts';

const spot = (id: string, x: number, y: number, reachPx = 10): Spot => ({
  subject: { kind: 'vehicle', id },
  x,
  y,
  reachPx,
});

it('takes the nearest spot within its reach, and the upper one of two', () => {
  expect(nearestSpot([spot('a', 0, 0), spot('b', 6, 0)], 4, 0)?.id).toBe('b');
  expect(nearestSpot([spot('a', 0, 0), spot('b', 0, 0)], 1, 0)?.id).toBe('b');
  expect(nearestSpot([spot('a', 0, 0), spot('far', 30, 0)], 15, 0)).toBeUndefined();
});

it('tells the two directions of a road apart by the side of the pointer', () => {
  const east = [
    [0, 0],
    [100, 0],
  ] as const;
  const west = east.toReversed();
  expect(distanceToPath(east, 50, 4)).toEqual({ px: 4, side: expect.any(Number) as number });
  expect(distanceToPath(east, 50, 4).side).toBeGreaterThan(0);
  expect(distanceToPath(west, 50, 4).side).toBeLessThan(0);
});

it('measures to the ends of a path, and of a path without length', () => {
  expect(
    distanceToPath(
      [
        [0, 0],
        [10, 0],
      ],
      13,
      4,
    ).px,
  ).toBe(5);
  expect(
    distanceToPath(
      [
        [0, 0],
        [0, 0],
      ],
      3,
      4,
    ).px,
  ).toBe(5);
  expect(distanceToPath([[0, 0]], 3, 4).px).toBe(Infinity);
});
