import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bandOf } from '../../../../shared/dispatch/arrival.ts';

it('expects a unit between the time on empty roads and a quarter more than others need now', () => {
  expect(bandOf({ turnoutS: 60, travelS: 400, freeS: 200, ageS: 10 })).toEqual({
    etaS: 460,
    earliestS: 250,
    latestS: 590,
  });
});

it('never expects a unit before now, and the likeliest time lies in its band', () => {
  const seconds = fc.integer({ min: 0, max: 5000 });
  fc.assert(
    fc.property(seconds, seconds, seconds, seconds, (turnoutS, travelS, freeS, ageS) => {
      const { etaS, earliestS, latestS } = bandOf({ turnoutS, travelS, freeS: Math.min(freeS, travelS), ageS });
      expect(earliestS).toBeGreaterThanOrEqual(0);
      expect(earliestS).toBeLessThanOrEqual(etaS);
      expect(latestS).toBeGreaterThan(etaS);
    }),
  );
});
