import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PublishParser } from '../../../../../main/engine/ingest/PublishParser.ts';
import { TopicTable } from '../../../../../main/engine/ingest/TopicTable.ts';

type Message = { topic: string; payload: number[]; qos: 0 | 1; isRetained: boolean; packetId: number };

function varInt(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varInt(Math.floor(value / 128))];
}

function publishPacket(
  { topic, payload, qos, isRetained, packetId }: Message,
  version: 4 | 5,
  properties: number[] = [],
): Buffer {
  const name = Buffer.from(topic);
  const rest = [
    name.length >> 8,
    name.length & 255,
    ...name,
    ...(qos === 1 ? [packetId >> 8, packetId & 255] : []),
    ...(version === 5 ? [...varInt(properties.length), ...properties] : []),
    ...payload,
  ];
  return Buffer.from([0x30 | (qos << 1) | (isRetained ? 1 : 0), ...varInt(rest.length), ...rest]);
}

const message = fc
  .record({
    topic: fc.string({ minLength: 1, maxLength: 150, unit: 'grapheme' }),
    payload: fc.oneof(
      fc.array(fc.nat(255), { maxLength: 200 }),
      fc.nat(40_000).map((length) => Array<number>(length).fill(120)),
    ),
    qos: fc.constantFrom<(0 | 1)[]>(0, 1),
    isRetained: fc.boolean(),
    packetId: fc.integer({ min: 1, max: 65_535 }),
  })
  .map((made): Message => (made.qos === 0 ? { ...made, packetId: 0 } : made));
const version = fc.constantFrom<(4 | 5)[]>(4, 5);
/**
 * A ping's answer, a SUBACK, a PUBACK, a PUBLISH of QoS 2, one without a topic (an alias), one whose topic is longer
 * than itself.
 */
const other = fc
  .constantFrom(
    [0xd0, 0],
    [0x90, 3, 0, 1, 0],
    [0x40, 2, 0, 7],
    [0x34, 6, 0, 1, 97, 0, 1, 0],
    [0x30, 6, 0, 0, 3, 35, 0, 1],
    [0x30, 3, 0, 9, 97],
  )
  .map((bytes) => Buffer.from(bytes));

/** One for all runs, as a line to a broker has one. */
const topics = new TopicTable(0);

/** Pushes the bytes in pieces of these lengths, again and again. */
function parse(bytes: Buffer, pieces: readonly number[], protocol: 4 | 5): { messages: Message[]; others: Buffer[] } {
  const messages: Message[] = [];
  const others: Buffer[] = [];
  const parser = new PublishParser(
    protocol,
    topics,
    (topic, payload, qos, isRetained, packetId) =>
      messages.push({ topic: topic.name, payload: [...payload], qos, isRetained, packetId }),
    (rest) => others.push(Buffer.from(rest)),
  );
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = pieces[turn % pieces.length] ?? 1;
    parser.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { messages, others };
}

const pieces = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70_000 })), {
  minLength: 1,
  maxLength: 5,
});

describe('messages in a byte stream', () => {
  it('come out as they went in, and everything else is passed on, however the bytes are cut', () => {
    fc.assert(
      fc.property(version, fc.array(fc.oneof(message, other), { maxLength: 12 }), pieces, (protocol, packets, cuts) => {
        const bytes = Buffer.concat(
          packets.map((packet) => (packet instanceof Uint8Array ? packet : publishPacket(packet, protocol, [1, 1]))),
        );
        const { messages, others } = parse(bytes, cuts, protocol);
        expect(messages).toEqual(packets.filter((packet) => !(packet instanceof Uint8Array)));
        expect(others).toEqual(packets.filter((packet) => packet instanceof Uint8Array));
      }),
      { numRuns: 200 },
    );
  });

  it('never throws on bytes that are no packets, and loses none of those that it passes on', () => {
    fc.assert(
      fc.property(version, fc.uint8Array({ maxLength: 300 }), pieces, (protocol, bytes, cuts) => {
        const { others } = parse(Buffer.from(bytes), cuts, protocol);
        expect(others.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a length that no packet may have to the library', () => {
    const bytes = Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 1, 0]);
    expect(parse(bytes, [100], 5)).toEqual({ messages: [], others: [bytes] });
  });
});
