import { expect, it } from 'vitest';
import { backoffMs } from '../../../../renderer/client/backoff.ts';
import { keepConnected } from '../../../../renderer/client/carrier.ts';
import type { LineEvents } from '../../../../renderer/client/carrier.ts';

function lines(): {
  opened: LineEvents[];
  pauses: number[];
  retry: () => void;
  carrier: ReturnType<typeof keepConnected>;
} {
  const opened: LineEvents[] = [];
  const pauses: number[] = [];
  let pending = (): void => undefined;
  const carrier = keepConnected(
    (events) => {
      opened.push(events);
      return { send: () => undefined, close: () => events.onClose() };
    },
    { random: () => 1, setTimer: (run, ms) => (pauses.push(ms), (pending = run), () => (pending = () => undefined)) },
  );
  return { opened, pauses, carrier, retry: () => pending() };
}

const silent: LineEvents = { onOpen: () => undefined, onMessage: () => undefined, onClose: () => undefined };

it('tries again with growing pauses, which begin anew after a line that opened', () => {
  const { opened, pauses, carrier, retry } = lines();
  carrier.start(silent);
  for (let i = 0; i < 3; i++) {
    opened.at(-1)?.onClose();
    retry();
  }
  expect(pauses).toEqual([250, 500, 1000]);
  opened.at(-1)?.onOpen();
  opened.at(-1)?.onClose();
  expect(pauses.at(-1)).toBe(250);
});

it('sends nothing while no line is open', () => {
  const { opened, carrier } = lines();
  carrier.start(silent);
  expect(carrier.send({ type: 'credit', frames: 1 })).toBe(false);
  opened[0]?.onOpen();
  expect(carrier.send({ type: 'credit', frames: 1 })).toBe(true);
});

it('stays away after stop', () => {
  const { opened, carrier, retry } = lines();
  carrier.start(silent);
  opened[0]?.onOpen();
  carrier.stop();
  retry();
  expect(opened).toHaveLength(1);
});

it('never pauses longer than ten seconds, nor less than half', () => {
  expect(backoffMs(30, 1)).toBe(10_000);
  expect(backoffMs(30, 0)).toBe(5_000);
});
