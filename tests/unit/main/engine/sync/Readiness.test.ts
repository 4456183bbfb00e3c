import { expect, it } from 'vitest';
import { Readiness } from '../../../../../main/engine/sync/Readiness.ts';

it('is there when nothing is missing that somebody could give, whether or not there is anybody', () => {
  expect(new Readiness().tick(0, 0)).toBe(true);
});

it('waits for what is on its way, and not for what nobody gives', () => {
  const readiness = new Readiness();
  expect(readiness.tick(0, 900)).toBe(false);
  expect(readiness.tick(9000, 400)).toBe(false);
  expect(readiness.tick(18_000, 400)).toBe(false);
  expect(readiness.tick(19_000, 400)).toBe(true);
  expect(readiness.tick(20_000, 100)).toBe(false);
  expect(readiness.tick(21_000, 0)).toBe(true);
});

it('is not lost over an entry that is under way', () => {
  const readiness = new Readiness();
  readiness.tick(0, 0);
  expect(readiness.tick(1000, 3)).toBe(true);
  expect(readiness.tick(2500, 3)).toBe(false);
});
