import type { Duplex, Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { AckQueue } from './AckQueue.ts';
import type { Acknowledge } from './AckQueue.ts';
import { PublishParser } from './PublishParser.ts';
import { TopicTable } from './TopicTable.ts';
import type { Topic } from './TopicTable.ts';

/**
 * A message as it arrived. Its payload is a view of the bytes read from the socket, so keeping it keeps all of those
 * bytes in memory. `acknowledge` exists for QoS 1 and must be called after the commit.
 */
export type Delivery = {
  topic: Topic;
  payload: Buffer;
  qos: 0 | 1;
  isRetained: boolean;
  acknowledge?: Acknowledge | undefined;
};

type Tap = {
  /** About how many topics are used repeatedly. */
  expectedTopics: number;
  onDelivery: (delivery: Delivery) => void;
  /**
   * Resolves when reading may continue; undefined means at once. Reading more slowly makes the broker queue, which is
   * what its queues are for (back-pressure).
   */
  room: () => Promise<void> | undefined;
};
/**
 * Bytes of messages that are handled before timers and screens get their turn, which takes some milliseconds. By
 * default one turn of the event loop reads a socket 32 times, 64 kB each.
 */
const BYTES_A_TURN = 65_536;

type Internals = { streamBuilder: (client: MqttClient) => Duplex };

/**
 * Takes the PUBLISH packets from the client's byte stream before the library does, and acknowledges them. The library
 * would handle packets one after another, each through streams, ticks and events, and would send the PUBACK as soon as
 * its handler returns. It still does everything else (connecting, subscribing, publishing, pings). The client must have
 * been created with `manualConnect`; it is connected here.
 *
 * This relies on MQTT.js's private `streamBuilder` and on its piping the stream into its parser. No other file does,
 * and a contract test checks it.
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
