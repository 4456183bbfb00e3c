import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { ReadingPackets } from './ReadingPackets.ts';

/**
 * An order to the publisher: first where to connect, with how many sockets and for which meters, then how fast to
 * publish and for how long. The publisher answers with what it sent.
 */
export type PublisherOrder =
  { port: number; qos: 0 | 1; meterIds: string[]; sockets: number } | { perSecond: number; seconds: number };
export type PublisherReport = { published: number; tookMs: number };

const CONNECT_ANSWER_BYTES = 4;
const PUBACK_BYTES = 4;
const TICK_MS = 5;
/** The most messages of QoS 1 under way without an acknowledgement, per connection. */
const MOST_IN_FLIGHT = 8000;
const MOST_AT_ONCE = 4000;

/** An MQTT 3.1.1 CONNECT with a clean session and no keep-alive. */
function connectPacket(clientId: string): Buffer {
  const id = Buffer.from(clientId);
  return Buffer.concat([
    Buffer.from([0x10, 12 + id.length, 0, 4]),
    Buffer.from('MQTT'),
    Buffer.from([4, 2, 0, 0, 0, id.length]),
    id,
  ]);
}

/** One connection with its share of the meters. */
class Sender {
  readonly #packets: ReadingPackets;
  readonly #qos: 0 | 1;
  readonly #socket: Socket;
  readonly ready: Promise<void>;
  #place = 0;
  #bytesBack = 0;
  sent = 0;

  constructor(port: number, qos: 0 | 1, meterIds: readonly string[], clientId: string) {
    this.#packets = new ReadingPackets(meterIds, qos);
    this.#qos = qos;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.write(connectPacket(clientId));
    this.ready = new Promise((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.on('data', (chunk) => {
        this.#bytesBack += chunk.length;
        if (this.#bytesBack >= CONNECT_ANSWER_BYTES) resolve();
      });
    });
  }

  get #inFlight(): number {
    return this.#qos === 0 ? 0 : this.sent - (this.#bytesBack - CONNECT_ANSWER_BYTES) / PUBACK_BYTES;
  }

  /** True when everything is sent and, for QoS 1, acknowledged by the broker. */
  get isIdle(): boolean {
    return this.#socket.writableLength === 0 && this.#inFlight === 0;
  }

  /** Sends up to `most` packets; none while the socket still holds the last ones, because their bytes are reused. */
  send(most: number): number {
    if (this.#socket.writableLength > 0) return 0;
    const count = Math.min(
      Math.floor(most),
      MOST_AT_ONCE,
      this.#packets.count - this.#place,
      MOST_IN_FLIGHT - this.#inFlight,
    );
    if (count <= 0) return 0;
    this.#socket.write(this.#packets.take(this.#place, this.#place + count, Date.now()));
    this.#place = (this.#place + count) % this.#packets.count;
    this.sent += count;
    return count;
  }
}

let senders: Sender[] = [];

async function open({
  port,
  qos,
  meterIds,
  sockets,
}: Extract<PublisherOrder, { port: number }>): Promise<PublisherReport> {
  const share = Math.ceil(meterIds.length / sockets);
  senders = Array.from(
    { length: sockets },
    (_, place) => new Sender(port, qos, meterIds.slice(place * share, (place + 1) * share), `bench-publisher-${place}`),
  );
  await Promise.all(senders.map(({ ready }) => ready));
  return { published: 0, tookMs: 0 };
}

const turn = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, TICK_MS));

async function send(perSecond: number, seconds: number): Promise<PublisherReport> {
  const startedMs = performance.now();
  let published = 0;
  for (;;) {
    await turn();
    const elapsedMs = performance.now() - startedMs;
    if (elapsedMs >= seconds * 1000) break;
    // What a full socket did not accept is caught up later, within the time.
    const due = (perSecond * elapsedMs) / 1000 - published;
    for (const [place, sender] of senders.entries()) published += sender.send(due / (senders.length - place) - 0);
  }
  const tookMs = performance.now() - startedMs;
  while (!senders.every(({ isIdle }) => isIdle)) await turn();
  return { published, tookMs };
}

process.on('message', (order: PublisherOrder) => {
  const work = 'port' in order ? open(order) : send(order.perSecond, order.seconds);
  void work.then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit());
