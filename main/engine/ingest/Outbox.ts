import type { MqttClient } from 'mqtt';

/** The broker has taken the message, and nobody subscribes to its topic (MQTT 5). */
const NO_SUBSCRIBERS = 0x10;

type Options = { qos: 0 | 1; retain: boolean };
/** `isHeard` is false where the broker says that nobody subscribes to the topic. */
type Answer = { isHeard: boolean };

/**
 * What is published to the broker and not acknowledged yet. By itself the MQTT library forgets it whenever it connects
 * again, and an order that was given while the broker was away would never leave.
 */
export class Outbox {
  readonly #isKept: boolean;
  #client: MqttClient | undefined;
  /** Each hands its message to the present client. */
  readonly #waiting = new Set<() => void>();
  readonly #unheard = new Set<number>();

  /** `isKept`: messages wait for the broker over any number of connections. */
  constructor(isKept: boolean) {
    this.#isKept = isKept;
  }

  /** Uses this client from now on; what the one before it has not sent is handed to it. */
  follow(client: MqttClient): void {
    this.#client = client;
    this.#unheard.clear();
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'puback' && packet.reasonCode === NO_SUBSCRIBERS && packet.messageId !== undefined)
        this.#unheard.add(packet.messageId);
    });
    for (const send of this.#waiting) send();
  }

  /** Connects the client again, with what waits for its broker. */
  reconnect(client: MqttClient): void {
    const { incomingStore, outgoingStore } = client;
    client.reconnect(this.#isKept ? { incomingStore, outgoingStore } : undefined);
  }

  async publish(topic: string, payload: Buffer, options: Options): Promise<Answer> {
    if (!this.#isKept || options.qos === 0) {
      await this.#client?.publishAsync(topic, payload, options);
      return { isHeard: true };
    }
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const send = (): void => {
      const client = this.#client;
      client?.publish(topic, payload, options, (error, packet) => {
        // A client that was replaced has nothing to say about a message that its successor sends.
        if (client !== this.#client) return;
        this.#waiting.delete(send);
        if (error) reject(error);
        else resolve({ isHeard: packet?.messageId === undefined || !this.#unheard.delete(packet.messageId) });
      });
    };
    this.#waiting.add(send);
    send();
    return promise;
  }
}
