import { expect, expectTypeOf, it } from 'vitest';
import { monotonicMs, wallMs } from '../../../../../main/engine/base/EngineClock.ts';
import type { CountyMs, MonotonicMs, WallMs } from '../../../../../shared/base/clock.ts';

it('does not let one clock stand in for another, and takes a plain number for any of them', () => {
  expectTypeOf(wallMs).returns.not.toExtend<CountyMs>();
  expectTypeOf(wallMs).not.toExtend<() => CountyMs>();
  expectTypeOf(monotonicMs).not.toExtend<() => WallMs>();
  expectTypeOf<CountyMs>().not.toExtend<MonotonicMs>();
  expectTypeOf<() => number>().toExtend<() => CountyMs>();
  expectTypeOf<number>().toExtend<WallMs>();
  expectTypeOf<WallMs>().toExtend<number>();
  expect(Math.abs(wallMs() - Date.now())).toBeLessThan(60_000);
});
