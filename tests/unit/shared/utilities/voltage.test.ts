import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isNearVoltageLimit, voltageBand } from '../../../../shared/utilities/voltage.ts';

it.each([
  [0, 'gone'],
  [0.299, 'gone'],
  [0.3, 'low'],
  [0.9499, 'low'],
  [0.95, 'normal'],
  [1, 'normal'],
  [1.05, 'normal'],
  [1.0501, 'high'],
] as const)('%d of the nominal voltage is %s', (perUnit, band) => {
  expect(voltageBand(perUnit)).toBe(band);
});

it('is near the limit half a percent within the range, and never out of it', () => {
  expect([0.949, 0.95, 0.9549, 0.955, 1, 1.045, 1.0451, 1.05, 1.051].map(isNearVoltageLimit)).toEqual([
    false,
    true,
    true,
    false,
    false,
    false,
    true,
    true,
    false,
  ]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2, noNaN: true }), (perUnit) => {
      if (isNearVoltageLimit(perUnit)) expect(voltageBand(perUnit)).toBe('normal');
    }),
  );
});
