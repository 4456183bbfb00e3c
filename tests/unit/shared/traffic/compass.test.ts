import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compassOf } from '../../../../shared/traffic/compass.ts';

const HERE = [-93.2, 44.1] as const;
const towards = (bearingDeg: number): string => {
  const radians = (bearingDeg * Math.PI) / 180;
  const narrow = Math.cos((HERE[1] * Math.PI) / 180);
  return compassOf([HERE, [HERE[0] + (0.01 * Math.sin(radians)) / narrow, HERE[1] + 0.01 * Math.cos(radians)]]);
};

it.each([
  [0, 'N'],
  [44, 'N'],
  [46, 'E'],
  [90, 'E'],
  [134, 'E'],
  [136, 'S'],
  [180, 'S'],
  [226, 'W'],
  [270, 'W'],
  [314, 'W'],
  [316, 'N'],
] as const)('a road towards %d° goes %s', (bearing, name) => {
  expect(towards(bearing)).toBe(name);
});

it('counts the ends of a line, not its bends', () => {
  expect(compassOf([HERE, [-93.1, 45], [-93.2, 44.2]])).toBe('N');
});

it('has a name for lines of one point and none', () => {
  expect([compassOf([HERE]), compassOf([])]).toEqual(['N', 'N']);
});

it('is the other way round for the opposite carriageway', () => {
  const opposite = { N: 'S', E: 'W', S: 'N', W: 'E' } as const;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 359 }), (bearing) => {
      fc.pre(bearing % 90 !== 45);
      const name = towards(bearing) as keyof typeof opposite;
      expect(towards(bearing + 180)).toBe(opposite[name]);
    }),
  );
});
