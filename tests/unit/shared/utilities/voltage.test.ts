import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isNearVoltageLimit, voltageBand, voltageLimitsOf } from '../../../../shared/utilities/voltage.ts';

const limits = voltageLimitsOf({ nominalVoltageV: 120 });

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
  expect(voltageBand(perUnit, limits)).toBe(band);
});

it('is near the limit half a percent within the range, and never out of it', () => {
  expect(
    [0.949, 0.95, 0.9549, 0.955, 1, 1.045, 1.0451, 1.05, 1.051].map((perUnit) => isNearVoltageLimit(perUnit, limits)),
  ).toEqual([false, true, true, false, false, false, true, true, false]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2, noNaN: true }), (perUnit) => {
      if (isNearVoltageLimit(perUnit, limits)) expect(voltageBand(perUnit, limits)).toBe('normal');
    }),
  );
});

it('the limits are those of the grid’s standard, or the county’s own', () => {
  expect(limits).toEqual({ lowPu: 0.95, highPu: 1.05, holdMs: 120_000 });
  const european = voltageLimitsOf({ nominalVoltageV: 230 });
  expect([207, 230, 244.2, 253, 254].map((volts) => voltageBand(volts / 230, european))).toEqual([
    'normal',
    'normal',
    'normal',
    'normal',
    'high',
  ]);
  expect(european.holdMs).toBe(600_000);
  expect(voltageLimitsOf({ nominalVoltageV: 230, voltageHighPu: 1.06, voltageHoldS: 60 })).toEqual({
    lowPu: 0.9,
    highPu: 1.06,
    holdMs: 60_000,
  });
});
