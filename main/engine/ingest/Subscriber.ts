import type { MqttClient } from 'mqtt';

export type Subscription = { filter: string; qos: 0 | 1 };

/** From here on a reason code says that a subscription was refused. */
const FIRST_REFUSAL = 0x80;
/** Rights may have been given in the meantime. */
const ASK_AGAIN_MS = 60_000;
/** A broker that closes the connection so often in a row over the same packet does it because of the packet. */
const MOST_CLOSINGS = 2;

/** Not every broker takes these characters in topics, and some end the connection over one. */
const isUncommon = (filter: string): boolean => /[. ]/.test(filter);

type SubscriberOptions = {
  subscriptions: readonly Subscription[];
  /** Every packet was answered: what is not refused stands. */
  onSubscribed: () => void;
  /** Told of each filter that the broker begins to refuse. */
  onRefused: (filter: string) => void;
};

/**
 * Brings subscriptions to a broker, one packet after the other, and knows which of them it refused. Filters that not
 * every broker takes go last and by themselves; a packet over which the broker ends the connection is taken apart, and
 * a filter over which it does is left out until the process ends.
 */
export class Subscriber {
  readonly #options: SubscriberOptions;
  #packets: Subscription[][];
  /** The packet that waits for its answer. */
  #asked: Subscription[] | undefined;
  readonly #closings = new Map<Subscription[], number>();
  readonly #refused = new Set<string>();
  readonly #leftOut = new Set<string>();
  #again: NodeJS.Timeout | undefined;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    const common = options.subscriptions.filter(({ filter }) => !isUncommon(filter));
    const uncommon = options.subscriptions.filter(({ filter }) => isUncommon(filter)).map((each) => [each]);
    this.#packets = common.length === 0 ? uncommon : [common, ...uncommon];
  }

  get refused(): string[] {
    return [...this.#refused, ...this.#leftOut];
  }

  /** To be called with every connection. */
  connected(client: MqttClient): void {
    this.#next(client, this.#packets);
  }

  /** The connection is gone. */
  closed(): void {
    clearTimeout(this.#again);
    const packet = this.#asked;
    this.#asked = undefined;
    if (packet === undefined) return;
    const closings = (this.#closings.get(packet) ?? 0) + 1;
    this.#closings.set(packet, closings);
    if (closings < MOST_CLOSINGS) return;
    this.#packets = this.#packets.flatMap((each) =>
      each !== packet ? [each] : packet.length > 1 ? packet.map((single) => [single]) : [],
    );
    if (packet.length > 1) return;
    for (const { filter } of packet) {
      this.#leftOut.add(filter);
      this.#options.onRefused(filter);
    }
  }

  #next(client: MqttClient, packets: readonly Subscription[][]): void {
    const [packet, ...later] = packets;
    if (packet === undefined) {
      this.#complete(client);
      return;
    }
    this.#asked = packet;
    client.subscribe(
      Object.fromEntries(packet.map(({ filter, qos }) => [filter, { qos }])),
      (_error, _granted, answer) => {
        // Without an answer the connection is gone, which `closed` is told.
        if (answer === undefined || this.#asked !== packet) return;
        this.#asked = undefined;
        this.#closings.delete(packet);
        this.#note(packet, answer.granted as readonly number[]);
        this.#next(client, later);
      },
    );
  }

  #note(packet: readonly Subscription[], granted: readonly number[]): void {
    for (const [index, { filter }] of packet.entries()) {
      const isKnown = this.#refused.delete(filter);
      if ((granted[index] ?? 0) < FIRST_REFUSAL) continue;
      this.#refused.add(filter);
      if (!isKnown) this.#options.onRefused(filter);
    }
  }

  #complete(client: MqttClient): void {
    this.#options.onSubscribed();
    const refused = this.#packets.flat().filter(({ filter }) => this.#refused.has(filter));
    if (refused.length === 0) return;
    this.#again = setTimeout(() => this.#next(client, [refused]), ASK_AGAIN_MS).unref();
  }
}
