import { expect, it } from 'vitest';
import { RetentionSchedule } from '../../../../../main/engine/base/RetentionSchedule.ts';

const MINUTE_MS = 60_000;

it("sweeps every ten minutes of the engine's clock, once at a time, and not by a clock that has just become another", async () => {
  const sweeps: PromiseWithResolvers<number>[] = [];
  const beat = new RetentionSchedule(() => {
    sweeps.push(Promise.withResolvers<number>());
    return sweeps.at(-1)!.promise;
  });
  const at = (minutes: number, source = 'county'): Promise<void> | undefined => beat.beat(minutes * MINUTE_MS, source);
  expect([at(0, 'wall'), at(9, 'wall'), at(-5000), at(-4991)]).toEqual([undefined, undefined, undefined, undefined]);
  const first = at(-4990);
  expect(sweeps).toHaveLength(1);
  // It takes long.
  expect(at(-4900)).toBeUndefined();
  sweeps[0]!.resolve(5);
  await first;
  const second = at(-4899);
  expect(sweeps).toHaveLength(2);
  sweeps[1]!.reject(new Error('the disk is full'));
  await expect(second).rejects.toThrow('the disk is full');
  expect([at(-4890), at(-6000), at(-5991)]).toEqual([undefined, undefined, undefined]);
  void at(-5990);
  expect(sweeps).toHaveLength(3);
});
