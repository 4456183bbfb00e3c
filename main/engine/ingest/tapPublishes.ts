import type { Duplex, Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { AckQueue } from './AckQueue.ts';
import type { Acknowledge } from './AckQueue.ts';
import { PublishParser } from './PublishParser.ts';
import { TopicTable } from './TopicTable.ts';
import type { Topic } from './TopicTable.ts';

/**
 * A message as it came; its payload is a view of what the socket brought, so whoever keeps it keeps all of that.
 * `acknowledge` is there for QoS 1 and is called after the commit.
 */
export type Delivery = {
  topic: Topic;
  payload: Buffer;
  qos: 0 | 1;
  isRetained: boolean;
  acknowledge?: Acknowledge | undefined;
};

type Tap = {
  /** About how many topics come again and again. */
  expectedTopics: number;
  onDelivery: (delivery: Delivery) => void;
  /**
   * When reading may go on; undefined: at once. Reading less makes the broker queue, which is what its queues are for.
   */
  room: () => Promise<void> | undefined;
};
/**
 * Bytes of messages that are handled before timers and screens get their turn: some milliseconds. By itself a turn of
 * the loop reads a socket 32 times, 64 kB each.
 */
const BYTES_A_TURN = 65_536;

type Internals = { streamBuilder: (client: MqttClient) => Duplex };

/**
 * Takes the PUBLISH packets from the client's byte stream before the library does, and acknowledges them: the library
 * handles packets one after another, each through streams, ticks and events, and sends the PUBACK when its handler
 * returns. Everything else (connecting, subscribing, publishing, pings) stays its own. The client must have been made
 * with `manualConnect`, and is connected here.
 *
 * Rests on MQTT.js's private `streamBuilder` and on its piping the stream into its parser: the one place that does,
 * held by a contract test.
 */
export function tapPublishes(client: MqttClient, { expectedTopics, onDelivery, room }: Tap): void {
  const internals = client as unknown as Internals;
  const build = internals.streamBuilder;
  if (typeof build !== 'function')
    throw new TypeError('this version of MQTT.js has no streamBuilder: messages cannot be taken from its stream');
  const topics = new TopicTable(expectedTopics);
  internals.streamBuilder = (self) => {
    const stream = build.call(client, self);
    const acks = new AckQueue(stream);
    stream.pipe = <T extends NodeJS.WritableStream>(library: T): T => {
      const parser = new PublishParser(
        client.options.protocolVersion === 5 ? 5 : 4,
        topics,
        (topic, payload, qos, isRetained, packetId) => {
          onDelivery({ topic, payload, qos, isRetained, acknowledge: qos === 0 ? undefined : acks.hold(packetId) });
        },
        (bytes) => void library.write(bytes),
      );
      let handled = 0;
      stream.on('data', (chunk: Buffer) => {
        parser.push(chunk);
        handled += chunk.length;
        const pause = room() ?? (handled < BYTES_A_TURN ? undefined : nextTurn());
        if (pause === undefined) return;
        handled = 0;
        stream.pause();
        void pause.then(() => stream.resume());
      });
      stream.on('end', () => (library as unknown as Writable).end());
      return library;
    };
    return stream;
  };
  client.connect();
}
