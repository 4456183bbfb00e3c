import type { AedesPacket } from 'aedes-packet';
import { describe, expect, it } from 'vitest';
import { OutgoingQueue } from '../../../../main/broker/OutgoingQueue.ts';
import { decodePacket, encodePacket } from '../../../../main/broker/packetBytes.ts';

const message = (brokerCounter: number, payload = 'x', messageId?: number): AedesPacket =>
  ({
    cmd: 'publish',
    brokerId: 'b',
    brokerCounter,
    topic: `t/${String(brokerCounter)}`,
    payload: Buffer.from(payload),
    qos: 1,
    retain: false,
    dup: false,
    messageId,
  }) as AedesPacket;
const counters = (queue: OutgoingQueue): number[] => queue.all().map(({ packet }) => packet.brokerCounter);

describe('the queue of one client', () => {
  it('gives the messages in the order of their arrival until each is acknowledged', () => {
    const queue = new OutgoingQueue();
    for (const counter of [1, 2, 3]) queue.add(message(counter), `key-${String(counter)}`);
    queue.update(message(2, 'x', 700));
    expect(queue.take(700)?.storeKey).toBe('key-2');
    expect(queue.take(700)).toBeUndefined();
    expect(counters(queue)).toEqual([1, 3]);
  });

  it('forgets the first identifier of a message that is sent again under another', () => {
    const queue = new OutgoingQueue();
    queue.add(message(1), 'key-1');
    queue.update(message(1, 'x', 10));
    queue.update(message(1, 'x', 11));
    expect(queue.take(10)).toBeUndefined();
    expect(queue.take(11)?.storeKey).toBe('key-1');
  });

  it('keeps the place of a message whose handshake has gone on to PUBREL', () => {
    const queue = new OutgoingQueue();
    queue.add(message(1), 'key-1');
    queue.update(message(1, 'x', 10));
    const released = queue.update({ cmd: 'pubrel', messageId: 10 } as AedesPacket);
    expect(released).toMatchObject({ storeKey: 'key-1', packet: { cmd: 'pubrel', brokerCounter: 1 } });
    expect(queue.take(10)?.storeKey).toBe('key-1');
  });

  it('knows nothing of a message that was never there', () => {
    expect(new OutgoingQueue().update(message(1, 'x', 5))).toBeUndefined();
  });

  it.each([
    ['messages', { messages: 2, bytes: 1000 }],
    ['bytes', { messages: 1000, bytes: 8 }],
  ])('drops the oldest when there are too many %s', (_name, limits) => {
    const queue = new OutgoingQueue(limits);
    const dropped = [1, 2, 3].flatMap((counter) => queue.add(message(counter, 'four'), `key-${String(counter)}`));
    expect(dropped.map(({ storeKey }) => storeKey)).toEqual(['key-1']);
    expect(counters(queue)).toEqual([2, 3]);
  });
});

describe('a packet as bytes', () => {
  it('comes back as it was, whatever is in its payload', () => {
    const packet = message(7, 'line\n{"a":1}\n\u0000');
    expect(decodePacket(encodePacket(packet))).toEqual({ ...packet, messageId: undefined });
  });

  it('is nothing when the bytes are not a packet', () => {
    expect(decodePacket(Buffer.from('not a packet'))).toBeUndefined();
  });
});
