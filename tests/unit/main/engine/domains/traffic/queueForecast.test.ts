import { expect, it } from 'vitest';
import { describeQueueEnd } from '../../../../../../main/engine/domains/traffic/queueForecast.ts';

/** A speed that rises by `perMinute` m/s from 5 m/s on, in a band. */
const rising = (perMinute: number, band: number) => (aheadMs: number) => {
  const value = 5 + (perMinute * aheadMs) / 60_000;
  return { value, low: value - band, high: value + band };
};

it('says when the front flows again, and between which times', () => {
  expect(describeQueueEnd(15, rising(0.5, 0))).toBe('about 20 min');
  expect(describeQueueEnd(15, rising(0.5, 2))).toBe('about 20 min (20 to 25 min)');
  expect(describeQueueEnd(15, rising(0.2, 3))).toBe('about 50 min (35 to more than 60 min)');
});

it('says that it will last longer than the forecast reaches', () => {
  expect(describeQueueEnd(15, rising(0.1, 1))).toBe('more than 60 min');
  expect(describeQueueEnd(15, rising(0.15, 3))).toBe('more than 60 min (at the earliest 50 min)');
});

it('says nothing where there is no forecast', () => {
  expect(describeQueueEnd(15, () => undefined)).toBeUndefined();
});
