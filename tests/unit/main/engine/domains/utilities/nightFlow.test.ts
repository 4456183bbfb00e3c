import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeNight } from '../../../../../../main/engine/domains/utilities/nightFlow.ts';

it('needs two nights to compare with', () => {
  expect([judgeNight([]), judgeNight([5]), judgeNight([5, 50])]).toEqual([undefined, undefined, undefined]);
  expect(judgeNight([5, 5, 50])).toEqual({ isLeak: true, lastM3h: 50, usualM3h: 5, nights: 2 });
});

it.each([
  // A quarter more than the median, where that is more than 1 m³/h.
  [[8, 8, 8], 10, false],
  [[8, 8, 8], 10.01, true],
  // 1 m³/h more, where a quarter is less.
  [[2, 2, 2], 3, false],
  [[2, 2, 2], 3.01, true],
  // Not more than a night that was already.
  [[8, 12, 8], 12, false],
  [[8, 12, 8], 12.01, true],
  // One night of watering does not hide what comes after it for long: the median stays.
  [[8, 8, 8, 9, 8], 11, true],
])('after nights of %j m³/h one of %d: %s', (before, last, isLeak) => {
  expect(judgeNight([...before, last])?.isLeak).toBe(isLeak);
});

it('never calls a night a leak that was not the highest of all', () => {
  const flows = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 3, maxLength: 14 });
  fc.assert(
    fc.property(flows, (nights) => {
      if (judgeNight(nights)?.isLeak === true) expect(nights.at(-1)).toBe(Math.max(...nights));
    }),
  );
});
