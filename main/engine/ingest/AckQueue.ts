import type { Duplex } from 'node:stream';

/**
 * Acknowledges one QoS 1 message. It does nothing after the end of the message's connection, or when called a second
 * time.
 */
export type Acknowledge = () => void;

const PUBACK = 0x40;
const PUBACK_BYTES = 4;

/**
 * The PUBACKs of one connection. They are sent in the order of the messages' arrival, whatever the order in which they
 * are acknowledged, and those of one turn of the event loop are written together. Packet ids are used again after a
 * reconnection, so acknowledgements for a connection that has ended are dropped.
 */
export class AckQueue {
  readonly #stream: Duplex;
  #held: { packetId: number; isReady: boolean }[] = [];
  #isFlushDue = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** Must be called in the order of the messages' arrival. */
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
    // The packets have no reason code and no properties, which both versions of the protocol understand as success.
    for (const [place, { packetId }] of ready.entries())
      bytes.writeUInt32BE(((PUBACK << 24) | (2 << 16) | packetId) >>> 0, place * PUBACK_BYTES);
    this.#stream.write(bytes);
  }
}
