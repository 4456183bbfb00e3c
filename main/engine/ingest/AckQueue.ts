import type { Duplex } from 'node:stream';

/** Acknowledges one QoS 1 message; after the end of its connection, or a second time, it does nothing. */
export type Acknowledge = () => void;

const PUBACK = 0x40;
const PUBACK_BYTES = 4;

/**
 * The PUBACKs of one connection: sent in the order of arrival, whatever the order in which they are asked for, and
 * those of one turn in one piece. Packet ids are used again after a reconnection, so what belongs to a connection that
 * is over is dropped.
 */
export class AckQueue {
  readonly #stream: Duplex;
  #held: { packetId: number; isReady: boolean }[] = [];
  #isFlushDue = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** To be called in the order of arrival. */
  hold(packetId: number): Acknowledge {
    const entry = { packetId, isReady: false };
    this.#held.push(entry);
    return () => {
      entry.isReady = true;
      if (this.#isFlushDue) return;
      this.#isFlushDue = true;
      queueMicrotask(() => this.#flush());
    };
  }

  #flush(): void {
    this.#isFlushDue = false;
    const first = this.#held.findIndex(({ isReady }) => !isReady);
    const ready = this.#held.splice(0, first === -1 ? this.#held.length : first);
    if (ready.length === 0 || this.#stream.destroyed || !this.#stream.writable) return;
    const bytes = Buffer.alloc(ready.length * PUBACK_BYTES);
    // Without reason code and properties, which both versions of the protocol understand as success.
    for (const [place, { packetId }] of ready.entries())
      bytes.writeUInt32BE(((PUBACK << 24) | (2 << 16) | packetId) >>> 0, place * PUBACK_BYTES);
    this.#stream.write(bytes);
  }
}
