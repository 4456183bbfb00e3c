import { expect, it } from 'vitest';
import { flowClass } from '../../../../../renderer/features/map/flowClass.ts';
import { scaleStep } from '../../../../../renderer/features/map/scaleStep.ts';

it('takes the longest round distance that fits', () => {
  expect([7, 19, 20, 999, 1000, 4999].map((metres) => scaleStep(metres, 'metric'))).toEqual([
    5, 10, 20, 500, 1000, 2000,
  ]);
  expect(scaleStep(1609.344, 'us')).toBeCloseTo(1609.344, 6);
  expect(scaleStep(100, 'us') / 0.3048).toBeCloseTo(200, 6);
});

it('sorts speeds into flowing to standing at the limits', () => {
  expect([1.2, 0.85, 0.84, 0.66, 0.49, 0.39, 0.29, 0, NaN].map(flowClass)).toEqual([0, 0, 1, 2, 3, 4, 5, 5, 0]);
});
