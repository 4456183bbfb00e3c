import { expect, it } from 'vitest';
import { CheckQueue } from '../../../../../main/engine/people/CheckQueue.ts';

const queue = (random = 0): CheckQueue =>
  new CheckQueue({ restMs: () => 0, pause: () => Promise.resolve(), random: () => random });

it('does one piece of work at a time, and that of a connection without failures first', async () => {
  const checks = queue();
  const done: string[] = [];
  let [running, most] = [0, 0];
  const work = (name: string) => async (): Promise<void> => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    done.push(name);
  };
  await Promise.all([
    checks.run(work('first'), 'a', 9),
    checks.run(work('after five failures'), 'b', 5),
    checks.run(work('second of c'), 'c', 0).then(() => undefined),
    checks.run(work('third of c'), 'c', 0),
    checks.run(work('honest'), 'd', 0),
  ]);
  expect(most).toBe(1);
  expect(done).toEqual(['first', 'second of c', 'honest', 'third of c', 'after five failures']);
});

it('refuses the connection that asks most where too many wait, and never one that waits with its first', async () => {
  const checks = queue(0.99);
  const open = Promise.withResolvers<string>();
  const blocked = checks.run(() => open.promise);
  const flood = Array.from({ length: 100 }, () => checks.run(() => Promise.resolve('flood'), 'attacker'));
  const honest = checks.run(() => Promise.resolve('honest'), 'desk');
  const others = Promise.allSettled(flood);
  open.resolve('blocked');
  expect(await Promise.all([blocked, honest])).toEqual(['blocked', 'honest']);
  const refused = (await others).filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(80);
  expect(refused[0]).toMatchObject({ reason: { code: 'unavailable' } });
});
