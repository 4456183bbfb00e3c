import { expect, test } from 'vitest';
import { RestartBackoff } from '../../../../main/shell/RestartBackoff.ts';

test('short runs double the pause up to half a minute', () => {
  const backoff = new RestartBackoff();
  const delays = Array.from({ length: 9 }, () => backoff.delayMs(100));
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test('a steady run is forgiven', () => {
  const backoff = new RestartBackoff();
  for (let run = 0; run < 5; run++) backoff.delayMs(100);
  expect(backoff.delayMs(60_000)).toBe(500);
  expect(backoff.delayMs(100)).toBe(1_000);
});
