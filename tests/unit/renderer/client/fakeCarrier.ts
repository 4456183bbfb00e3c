import type { Carrier, LineEvents, Received } from '../../../../renderer/client/carrier.ts';
import type { Ticker } from '../../../../renderer/client/client.ts';
import type { ClientMessage } from '../../../../shared/contract/contract.ts';

/** A line in the hand of the test. */
export function fakeCarrier(): {
  carrier: Carrier;
  sent: ClientMessage[];
  open: () => void;
  close: () => void;
  say: (message: Received) => void;
  renewals: () => number;
} {
  const sent: ClientMessage[] = [];
  let events: LineEvents | undefined;
  let isOpen = false;
  let renewed = 0;
  return {
    sent,
    carrier: {
      start: (given) => (events = given),
      send: (message) => {
        if (isOpen) sent.push(message);
        return isOpen;
      },
      renew: () => renewed++,
      stop: () => undefined,
    },
    open: () => {
      isOpen = true;
      events?.onOpen();
    },
    close: () => {
      isOpen = false;
      events?.onClose();
    },
    say: (message) => events?.onMessage(message),
    renewals: () => renewed,
  };
}

/** Time that passes when the test says so. */
export function fakeTicker(): Ticker & {
  pass: (ms: number) => void;
  /** As on a screen that is held up: each timer runs once, late. */ leap: (ms: number) => void;
} {
  let now = 1000;
  const timers: { everyMs: number; dueMs: number; run: () => void }[] = [];
  return {
    monotonicMs: () => now,
    every: (everyMs, run) => {
      timers.push({ everyMs, dueMs: now + everyMs, run });
      return () => timers.splice(0);
    },
    pass: (ms) => {
      const end = now + ms;
      for (
        let next = timers.toSorted((a, b) => a.dueMs - b.dueMs)[0];
        next !== undefined && next.dueMs <= end;
        next = timers.toSorted((a, b) => a.dueMs - b.dueMs)[0]
      ) {
        now = next.dueMs;
        next.dueMs += next.everyMs;
        next.run();
      }
      now = end;
    },
    leap: (ms) => {
      now += ms;
      for (const timer of timers) {
        timer.dueMs = now + timer.everyMs;
        timer.run();
      }
    },
  };
}
