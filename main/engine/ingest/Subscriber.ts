import type { MqttClient } from 'mqtt';

export type Subscription = { filter: string; qos: 0 | 1 };

/** Reason codes from this one on mean that a subscription was refused. */
const FIRST_REFUSAL = 0x80;
/** Refused subscriptions are requested again after this long, as the rights may have been granted in the meantime. */
const ASK_AGAIN_MS = 60_000;
/** A broker that closes the connection this often in a row after the same packet does so because of the packet. */
const MOST_CLOSINGS = 2;

/** Not every broker accepts these characters in topics, and some end the connection because of one. */
const isUncommon = (filter: string): boolean => /[. ]/.test(filter);

type SubscriberOptions = {
  subscriptions: readonly Subscription[];
  /** Called when every packet was answered: all filters that were not refused are active. */
  onSubscribed: () => void;
  /** Called with each filter that the broker begins to refuse. */
  onRefused: (filter: string) => void;
};

/**
 * Makes subscriptions at a broker, one packet after the other, and knows which of them it refused. Filters that not
 * every broker accepts go last and in packets of their own. A packet after which the broker ends the connection is
 * split into single filters, and a filter after which it does so is left out until the process ends.
 */
export class Subscriber {
  readonly #options: SubscriberOptions;
  #packets: Subscription[][];
  /** The packet whose answer is awaited. */
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

  /** Must be called after every connection. */
  connected(client: MqttClient): void {
    this.#next(client, this.#packets);
  }

  /** Must be called when the connection is lost. */
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
        // A missing answer means that the connection is lost, which `closed` handles.
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
