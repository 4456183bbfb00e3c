import { expect, it } from 'vitest';
import { RetryPause } from '../../../../../main/engine/ingest/RetryPause.ts';

const pauses = (pause: RetryPause, stoodForMs: readonly (number | undefined)[]): number[] =>
  stoodForMs.map((each) => pause.after(each));
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

it('grows while a broker ends each connection at once, as it does while none answers', () => {
  const grown = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000];
  expect(pauses(new RetryPause(), times(8, 200))).toEqual(grown);
  expect(pauses(new RetryPause(), times(8, undefined))).toEqual(grown);
});

it('begins anew after a connection that has lasted', () => {
  expect(pauses(new RetryPause(), [200, 200, 200, 10_000, 200])).toEqual([500, 1000, 2000, 500, 1000]);
});

it('may be bounded while nobody answers, so that a broker that returns is found soon', () => {
  expect(pauses(new RetryPause(2000), times(5, undefined))).toEqual([500, 1000, 2000, 2000, 2000]);
  expect(pauses(new RetryPause(2000), times(5, 200))).toEqual([500, 1000, 2000, 4000, 8000]);
});
