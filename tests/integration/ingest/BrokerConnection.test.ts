import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BrokerConnection } from '../../../main/engine/ingest/BrokerConnection.ts';
import type { Delivery } from '../../../main/engine/ingest/tapPublishes.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function mosquitto(options?: Parameters<typeof startMosquitto>[0]): ReturnType<typeof startMosquitto> {
  const broker = await startMosquitto(options);
  cleanUps.push(() => broker.dispose());
  return broker;
}

async function publisher(url: string): Promise<MqttClient> {
  const client = connect(url);
  cleanUps.push(() => client.endAsync(true));
  await new Promise((resolve) => client.once('connect', resolve));
  return client;
}

function listen(
  url: string,
  credentials: ConstructorParameters<typeof BrokerConnection>[0]['credentials'] = {},
): { connection: BrokerConnection; heard: Delivery[]; log: string[] } {
  const heard: Delivery[] = [];
  const log: string[] = [];
  const connection = new BrokerConnection({
    url,
    credentials,
    clientId: 'beacon-test',
    subscriptions: [{ filter: 't/#', qos: 1 }],
    nowMs: () => Date.now(),
    log: (_level, message) => log.push(message),
  });
  connection.onDelivery = (delivery) => heard.push(delivery);
  connection.start();
  cleanUps.push(() => connection.stop());
  return { connection, heard, log };
}

const connected = (connection: BrokerConnection): Promise<unknown> =>
  vi.waitFor(() => expect(connection.state.state).toBe('connected'), 60_000);
const topics = (heard: Delivery[]): string[] => heard.map(({ topic }) => topic.name);

it('says why the broker ended the connection', async () => {
  // Mosquitto ends a connection that is taken over without a word, so this is a broker of two packets.
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.from([0x20, 3, 0, 0, 0]));
      socket.end(Buffer.from([0xe0, 2, 0x8e, 0]));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  cleanUps.push(() => new Promise((closed) => server.close(closed)));
  const { log } = listen(`mqtt://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  await vi.waitFor(
    () => expect(log.join('\n')).toContain('closed the connection: another client connected with the same name'),
    60_000,
  );
});

describe('the connection to a real broker', () => {
  it('speaks MQTT 5 and goes on reading while acknowledgements wait for their commit', async () => {
    const broker = await mosquitto();
    const { connection, heard } = listen(broker.url);
    await connected(connection);
    expect(connection.state.protocol).toBe('MQTT 5');
    const client = await publisher(broker.url);
    // More than one packet at a time is in flight only if nothing waits for the first acknowledgement.
    await Promise.all(Array.from({ length: 15 }, (_, i) => client.publishAsync(`t/${i}`, 'x', { qos: 1 })));
    await vi.waitFor(() => expect(heard).toHaveLength(15), 60_000);
    expect(heard.every(({ acknowledge }) => acknowledge !== undefined)).toBe(true);
  });

  it('gets again what it did not acknowledge, and only that, after the connection was cut', async () => {
    const broker = await mosquitto();
    const first = listen(broker.url);
    await connected(first.connection);
    const client = await publisher(broker.url);
    for (const i of [0, 1, 2, 3]) await client.publishAsync(`t/${i}`, 'x', { qos: 1 });
    await vi.waitFor(() => expect(first.heard).toHaveLength(4), 60_000);
    first.heard[0]?.acknowledge?.();
    first.heard[1]?.acknowledge?.();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await first.connection.stop();
    const second = listen(broker.url);
    await vi.waitFor(() => expect(topics(second.heard)).toEqual(['t/2', 't/3']), 60_000);
  });

  it('acknowledges in the order of arrival, whatever the order of the commits', async () => {
    const broker = await mosquitto();
    const first = listen(broker.url);
    await connected(first.connection);
    const client = await publisher(broker.url);
    for (const i of [0, 1, 2]) await client.publishAsync(`t/${i}`, 'x', { qos: 1 });
    await vi.waitFor(() => expect(first.heard).toHaveLength(3), 60_000);
    first.heard[2]?.acknowledge?.();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await first.connection.stop();
    const second = listen(broker.url);
    await vi.waitFor(() => expect(topics(second.heard)).toEqual(['t/0', 't/1', 't/2']), 60_000);
  });

  it('drops acknowledgements of an earlier connection, whose packet ids are used again', async () => {
    const broker = await mosquitto();
    const { connection, heard } = listen(broker.url);
    await connected(connection);
    const client = await publisher(broker.url);
    await client.publishAsync('t/old', 'x', { qos: 1 });
    await vi.waitFor(() => expect(heard).toHaveLength(1), 60_000);
    await broker.stop();
    await vi.waitFor(() => expect(connection.state.state).toBe('lost'), 60_000);
    await broker.start();
    await vi.waitFor(() => expect(heard).toHaveLength(2), 60_000);
    heard[0]?.acknowledge?.();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await connection.stop();
    const again = listen(broker.url);
    await vi.waitFor(() => expect(topics(again.heard)).toEqual(['t/old']), 60_000);
  });

  it('takes messages of every size in their order, though the library sees none of them', async () => {
    const broker = await mosquitto();
    const { connection, heard } = listen(broker.url);
    await connected(connection);
    const client = await publisher(broker.url);
    const sizes = [0, 1, 127, 128, 16_384, 300_000, 3, 2_097_152, 5];
    for (const [place, size] of sizes.entries())
      await client.publishAsync(`t/ü/${place}`, Buffer.alloc(size, place), { qos: place % 2 === 0 ? 0 : 1 });
    await vi.waitFor(() => expect(heard).toHaveLength(sizes.length), 60_000);
    expect(topics(heard)).toEqual(sizes.map((_, place) => `t/ü/${place}`));
    expect(
      heard.map(({ payload }) => payload.equals(Buffer.alloc(payload.length, payload[0] ?? 0)) && payload.length),
    ).toEqual(sizes);
    expect(heard.map(({ qos }) => qos)).toEqual(sizes.map((_, place) => place % 2));
  });

  it('reads no more while there is no room, and all of it afterwards', async () => {
    const broker = await mosquitto();
    const { connection, heard } = listen(broker.url);
    let makeRoom: (() => void) | undefined;
    connection.room = () => {
      if (heard.length === 0 || makeRoom !== undefined) return undefined;
      return new Promise((resolve) => (makeRoom = resolve));
    };
    await connected(connection);
    const client = await publisher(broker.url);
    await client.publishAsync('t/first', 'x', { qos: 1 });
    await vi.waitFor(() => expect(makeRoom).toBeDefined(), 60_000);
    for (let i = 0; i < 20; i++) await client.publishAsync(`t/${i}`, 'x', { qos: 1 });
    expect(topics(heard)).toEqual(['t/first']);
    makeRoom?.();
    await vi.waitFor(() => expect(heard).toHaveLength(21), 60_000);
  });

  it('gives everything else its turn after some 64 kB, however much has piled up', async () => {
    const broker = await mosquitto({ settings: ['max_queued_messages 0'] });
    const { connection, heard } = listen(broker.url);
    let makeRoom: (() => void) | undefined;
    connection.room = () => (makeRoom === undefined ? new Promise((resolve) => (makeRoom = resolve)) : undefined);
    let inTurn = 0;
    let most = 0;
    const keep = connection.onDelivery;
    connection.onDelivery = (delivery) => {
      inTurn += delivery.payload.length;
      most = Math.max(most, inTurn);
      keep(delivery);
    };
    const nextTurn = (): void => {
      inTurn = 0;
      turn = setImmediate(nextTurn);
    };
    let turn = setImmediate(nextTurn);
    cleanUps.push(() => Promise.resolve(clearImmediate(turn)));
    await connected(connection);
    const client = await publisher(broker.url);
    await Promise.all(
      Array.from({ length: 600 }, (_, place) => client.publishAsync(`t/${place}`, Buffer.alloc(5000), { qos: 0 })),
    );
    // The broker has read them all when it answers this.
    await client.publishAsync('other', 'x', { qos: 1 });
    makeRoom?.();
    await vi.waitFor(() => expect(heard).toHaveLength(600), 60_000);
    // One read brings as much again.
    expect(most).toBeLessThanOrEqual(2 * 65_536);
  });

  it('comes back by itself when the broker does, and says why it was gone', async () => {
    const broker = await mosquitto();
    const { connection } = listen(broker.url);
    await connected(connection);
    await broker.stop();
    await vi.waitFor(
      () =>
        expect(connection.state).toMatchObject({
          state: 'lost',
          reason: expect.stringMatching(/Nothing answers at mqtt:\/\/127\.0\.0\.1/) as string,
        }),
      60_000,
    );
    await broker.start();
    await connected(connection);
    expect(connection.state).not.toHaveProperty('reason');
  });

  it('says that the password is wrong, and tries again', async () => {
    const broker = await mosquitto({ user: { name: 'beacon', password: 'right' } });
    const wrong = listen(broker.url, { username: 'beacon', password: 'wrong' });
    await vi.waitFor(
      () =>
        expect(wrong.connection.state).toMatchObject({
          state: 'refused',
          reason: expect.stringContaining('refused the user name or password') as string,
        }),
      60_000,
    );
    expect(JSON.stringify(wrong.connection.state)).not.toContain('wrong"');
    await wrong.connection.stop();
    const right = listen(broker.url, { username: 'beacon', password: 'right' });
    await connected(right.connection);
  });

  it('trusts a TLS broker by its authority only, and by the name in its certificate', async () => {
    const own = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    });
    const other = await generate([{ name: 'commonName', value: 'other.example.org' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'other.example.org' }] },
      ],
    });
    const good = await mosquitto({ tls: { cert: own.cert, key: own.private } });
    const trusted = listen(good.url, { ca: own.cert });
    await connected(trusted.connection);
    const untrusted = listen(good.url);
    await vi.waitFor(() => expect(untrusted.connection.state.reason).toMatch(/is not trusted .* --ca FILE/), 60_000);
    const misnamed = await mosquitto({ tls: { cert: other.cert, key: other.private } });
    const wrongName = listen(misnamed.url, { ca: other.cert });
    await vi.waitFor(() => expect(wrongName.connection.state.reason).toMatch(/is for another host name/), 60_000);
  });
});
