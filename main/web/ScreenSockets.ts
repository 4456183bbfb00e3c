import type { WebSocket } from '@fastify/websocket';
import type { Log } from '../engine/base/engine.ts';
import { ScreenSocket } from './ScreenSocket.ts';

/** Sockets of one address at which nobody is signed in. */
const MOST_UNKNOWN = 64;
/** From this many on, one of them that has not signed in for `LONG_UNKNOWN_MS` gives way. */
const MANY_UNKNOWN = 16;
const LONG_UNKNOWN_MS = 60_000;
/** After this long without a sign-in any is closed; a page that is open reconnects by itself. */
const LONGEST_UNKNOWN_MS = 15 * 60_000;
/** What all sockets together have not read. */
const MOST_BUFFERED_BYTES = 96_000_000;
const REVIEW_EVERY_MS = 250;
/** Peers named in the log per minute; a flood of sockets must not become a flood of lines. */
const MOST_NAMED = 30;
const NAMED_EVERY_MS = 60_000;
/** Peers that have less waiting than this do not count as slow. */
const FEW_BYTES = 262_144;

/**
 * The sockets of all screens. New ones are always let in, as an honest screen looks like any other before it signs in;
 * the oldest at which nobody signed in gives way. What is buffered for all together is bounded, too: the peer that has
 * read nothing for the longest time is closed first.
 */
export class ScreenSockets {
  readonly #byAddress = new Map<string, Set<ScreenSocket>>();
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #named = { sinceMs: performance.now(), count: 0 };

  constructor(log: Log) {
    this.#log = log;
    this.#timer = setInterval(() => this.#review(), REVIEW_EVERY_MS).unref();
  }

  add(socket: WebSocket, address: string, port: number): ScreenSocket {
    const added = new ScreenSocket({
      socket,
      peer: `${address}:${String(port)}`,
      warn: (sentence) => this.#name(sentence),
    });
    const peers = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, peers.add(added));
    added.onClose(() => {
      peers.delete(added);
      if (peers.size === 0) this.#byAddress.delete(address);
    });
    const unknown = unknownOf(peers);
    if (unknown.length > MOST_UNKNOWN) unknown[0]?.end(`${String(MOST_UNKNOWN)} others of its address are waiting`);
    return added;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #name(sentence: string): void {
    const nowMs = performance.now();
    if (nowMs - this.#named.sinceMs > NAMED_EVERY_MS) this.#named = { sinceMs: nowMs, count: 0 };
    this.#named.count++;
    if (this.#named.count <= MOST_NAMED) this.#log('warn', sentence);
    else if (this.#named.count === MOST_NAMED + 1)
      this.#log('warn', 'More screens like these are not named for a minute.');
  }

  #review(): void {
    const nowMs = performance.now();
    for (const peers of this.#byAddress.values()) {
      const unknown = unknownOf(peers);
      const mostMs = unknown.length > MANY_UNKNOWN ? LONG_UNKNOWN_MS : LONGEST_UNKNOWN_MS;
      for (const each of unknown)
        if (nowMs - each.unknownSinceMs > mostMs) each.end(`nobody signed in within ${String(mostMs / 1000)} s`);
    }
    this.#relieve();
  }

  #relieve(): void {
    const slow = [...this.#byAddress.values()]
      .flatMap((peers) => [...peers])
      .map((each) => ({ each, bytes: each.bufferedBytes() }))
      .filter(({ bytes }) => bytes > FEW_BYTES)
      .sort((a, b) => a.each.progressAtMs - b.each.progressAtMs);
    let total = slow.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { each, bytes } of slow) {
      if (total <= MOST_BUFFERED_BYTES) return;
      each.end(`it does not read what it gets (${String(bytes)} bytes are waiting), and many do so at once`);
      total -= bytes;
    }
  }
}

/** The longest without a person first. */
const unknownOf = (peers: ReadonlySet<ScreenSocket>): ScreenSocket[] =>
  [...peers].filter((each) => !each.isSignedIn).sort((a, b) => a.unknownSinceMs - b.unknownSinceMs);
