import type { AedesPacket } from 'aedes-packet';

type Waiting = { packet: AedesPacket; storeKey: string };

type Limits = { messages: number; bytes: number };

const DEFAULT_LIMITS: Limits = { messages: 200_000, bytes: 256_000_000 };

const identity = ({ brokerId, brokerCounter }: AedesPacket): string => `${brokerId}:${String(brokerCounter)}`;
const sizeOf = (packet: AedesPacket): number => (packet as { payload?: Buffer | string }).payload?.length ?? 0;

/**
 * The messages that one client has not acknowledged yet, in the order of their arrival. They are found by the broker's
 * number for a message or by its packet identifier.
 */
export class OutgoingQueue {
  readonly #waiting = new Map<string, Waiting>();
  readonly #byMessageId = new Map<number, string>();
  readonly #limits: Limits;
  #bytes = 0;

  constructor(limits: Limits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  /**
   * Adds a message; returns the oldest ones that were dropped for it, because the queue of a client that never comes
   * back must not fill the machine.
   */
  add(packet: AedesPacket, storeKey: string): Waiting[] {
    this.#waiting.set(identity(packet), { packet, storeKey });
    this.#bytes += sizeOf(packet);
    const dropped: Waiting[] = [];
    for (const [id, waiting] of this.#waiting) {
      if (this.#waiting.size <= this.#limits.messages && this.#bytes <= this.#limits.bytes) break;
      this.#remove(id, waiting);
      dropped.push(waiting);
    }
    return dropped;
  }

  has(packet: AedesPacket): boolean {
    return this.#waiting.has(identity(packet));
  }

  /**
   * Gives a message the packet identifier under which it was sent, or puts a PUBREL in the place of its message.
   * Returns undefined where there is no such message.
   */
  update(packet: AedesPacket): Waiting | undefined {
    const messageId = packet.messageId;
    const id = packet.brokerId
      ? identity(packet)
      : messageId === undefined
        ? undefined
        : this.#byMessageId.get(messageId);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || waiting === undefined) return undefined;
    if (waiting.packet.messageId !== undefined) this.#byMessageId.delete(waiting.packet.messageId);
    if (packet.cmd === 'pubrel')
      waiting.packet = Object.assign(packet, {
        brokerId: waiting.packet.brokerId,
        brokerCounter: waiting.packet.brokerCounter,
      });
    else Object.assign(waiting.packet, { messageId });
    if (messageId !== undefined) this.#byMessageId.set(messageId, id);
    return waiting;
  }

  /** Removes and returns what the client acknowledged. */
  take(messageId: number | undefined): Waiting | undefined {
    const id = messageId === undefined ? undefined : this.#byMessageId.get(messageId);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || waiting === undefined) return undefined;
    this.#remove(id, waiting);
    return waiting;
  }

  all(): Waiting[] {
    return [...this.#waiting.values()];
  }

  #remove(id: string, { packet }: Waiting): void {
    this.#waiting.delete(id);
    if (packet.messageId !== undefined) this.#byMessageId.delete(packet.messageId);
    this.#bytes -= sizeOf(packet);
  }
}
