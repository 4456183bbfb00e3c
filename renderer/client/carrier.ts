import type { ClientMessage, ServerMessage } from '../../shared/contract/contract.ts';
import { backoffMs } from './backoff.ts';
import { openPortLine } from './openPortLine.ts';
import { openSocketLine } from './openSocketLine.ts';

/** What arrives on a line: JSON messages as they are declared in the contract, frames as bytes. */
export type Received = ServerMessage | ArrayBuffer;
export type LineEvents = { onOpen: () => void; onMessage: (message: Received) => void; onClose: () => void };
/** One attempt to reach the engine; `onClose` is called once, also when the line never opened. */
export type Line = { send: (message: ClientMessage) => void; close: () => void };
export type OpenLine = (events: LineEvents) => Line;

export type Carrier = {
  /** Connects, and connects again after every loss until `stop`. */
  start: (events: LineEvents) => void;
  /** Returns false when no line is open; the message is then dropped. */
  send: (message: ClientMessage) => boolean;
  /** Drops the present line, so that a new one is opened. Use it for a line that is open but silent. */
  renew: () => void;
  stop: () => void;
};

type Timers = { random: () => number; setTimer: (run: () => void, ms: number) => () => void };

const browserTimers: Timers = {
  random: Math.random,
  setTimer: (run, ms) => {
    const id = window.setTimeout(run, ms);
    return () => window.clearTimeout(id);
  },
};

/** The Electron port where the shell offers one, otherwise the WebSocket of the host that served the page. */
export function pickCarrier(): Carrier {
  return keepConnected(
    window.beacon === undefined ? openSocketLine(socketUrl(window.location)) : openPortLine(window.beacon),
    browserTimers,
  );
}

const socketUrl = (location: Location): string => `${location.origin.replace(/^http/, 'ws')}/contract`;

/** A carrier over lines that may break. The pauses between its attempts to reconnect grow and are jittered. */
export function keepConnected(openLine: OpenLine, timers: Timers): Carrier {
  let line: Line | undefined;
  let isOpen = false;
  let attempt = 0;
  let isStopped = false;
  let cancelRetry = (): void => undefined;

  const connect = (events: LineEvents): void => {
    line = openLine({
      onOpen: () => {
        isOpen = true;
        attempt = 0;
        events.onOpen();
      },
      onMessage: events.onMessage,
      onClose: () => {
        isOpen = false;
        line = undefined;
        events.onClose();
        if (!isStopped) cancelRetry = timers.setTimer(() => connect(events), backoffMs(attempt++, timers.random()));
      },
    });
  };

  return {
    start: connect,
    send: (message) => {
      if (!isOpen || line === undefined) return false;
      line.send(message);
      return true;
    },
    renew: () => line?.close(),
    stop: () => {
      isStopped = true;
      cancelRetry();
      line?.close();
    },
  };
}
