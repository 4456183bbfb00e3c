import { expect, test } from 'vitest';
import { RequestTurns } from '../../../../../main/engine/live/RequestTurns.ts';
import type { Requester } from '../../../../../main/engine/live/RequestTurns.ts';

const requester = (isBlocked = false): Requester & { isHeldUp: boolean } => {
  const made = { isHeldUp: isBlocked, isBlocked: () => made.isHeldUp };
  return made;
};
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** Turns whose time passes only while requests run. */
function clockwork(): { turns: RequestTurns; work: (ms: number) => void } {
  let nowMs = 0;
  return { turns: new RequestTurns(() => nowMs), work: (ms) => (nowMs += ms) };
}

test('a request runs at once where nothing else is to be done', () => {
  const { turns } = clockwork();
  let isDone = false;
  turns.run(requester(), () => (isDone = true));
  expect(isDone).toBe(true);
});

test('one request runs per turn of the loop, so that timers and others come between', async () => {
  const { turns } = clockwork();
  const order: string[] = [];
  const flooder = requester();
  for (let index = 0; index < 50; index++) turns.run(flooder, () => order.push('flood'));
  setImmediate(() => order.push('loop'));
  await settled();
  expect(order).toHaveLength(51);
  expect(order.indexOf('loop')).toBeLessThan(3);
});

test('whoever has used the loop least goes first, whatever others have waiting', async () => {
  const { turns, work } = clockwork();
  const order: string[] = [];
  const [flooder, honest] = [requester(), requester()];
  for (let index = 0; index < 20; index++)
    turns.run(flooder, () => {
      work(10);
      order.push('flood');
    });
  turns.run(honest, () => order.push('honest'));
  await settled();
  expect(order.indexOf('honest')).toBe(1);
  expect(order).toHaveLength(21);
});

test('a greedy requester leaves the loop to others for most of the time', async () => {
  const turns = new RequestTurns();
  const greedy = requester();
  turns.charge(greedy, 60_000);
  let busyMs = 0;
  const startedMs = performance.now();
  await new Promise<void>((resolve) => {
    for (let index = 0; index < 10; index++)
      turns.run(greedy, () => {
        const endMs = performance.now() + 5;
        while (performance.now() < endMs);
        busyMs += 5;
        if (busyMs === 50) resolve();
      });
  });
  expect(performance.now() - startedMs).toBeGreaterThan(3 * busyMs);
});

test('what waits for a requester that is blocked or gone holds up nobody', async () => {
  const { turns } = clockwork();
  const [blocked, gone, honest] = [requester(true), requester(true), requester()];
  const order: string[] = [];
  turns.run(blocked, () => order.push('blocked'));
  turns.run(gone, () => order.push('gone'));
  turns.run(honest, () => order.push('honest'));
  await settled();
  turns.forget(gone);
  blocked.isHeldUp = gone.isHeldUp = false;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(order).toEqual(['honest', 'blocked']);
});
