import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect, connectAsync } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { builtEntry } from '../../support/startBuilt.ts';
import { eventually } from '../../support/startHost.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const entry = builtEntry('broker');

type Broker = { child: ChildProcess; url: string; port: number; errors: () => string };

function launch(dir: string, port = 0, users?: object): { child: ChildProcess; errors: () => string } {
  const child = spawn(process.execPath, [entry, '--data', dir, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(users && { BEACON_BROKER_USERS: JSON.stringify(users) }) },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return { child, errors: () => errors };
}

async function startBroker(dir: string, port = 0, users?: object): Promise<Broker> {
  const { child, errors } = launch(dir, port, users);
  if (child.stdout === null) throw new Error('no output');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { listening } = JSON.parse(line) as { listening: number };
  return { child, port: listening, url: `mqtt://127.0.0.1:${String(listening)}`, errors };
}

async function end(broker: Broker, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(broker.child, 'exit');
  broker.child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

async function client(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  const connected = await connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0, ...options });
  connected.on('error', () => undefined);
  onTestFinished(() => void connected.end(true));
  return connected;
}

/** Connects a client whose session the broker keeps, and gathers what it receives from the first moment on. */
async function session(url: string, clientId: string): Promise<{ subscriber: MqttClient; received: string[] }> {
  const received: string[] = [];
  const subscriber = connect(url, { protocolVersion: 4, reconnectPeriod: 0, clientId, clean: false });
  // Before the connection stands: what waited for the session may come in one piece with the acknowledgement of the
  // connection.
  subscriber.on('message', (topic) => received.push(topic));
  onTestFinished(() => void subscriber.end(true));
  await once(subscriber as unknown as NodeJS.EventEmitter, 'connect');
  subscriber.on('error', () => undefined);
  return { subscriber, received };
}

const topics = (count: number): string[] => Array.from({ length: count }, (_, index) => `county/${String(index)}`);
const sorted = (names: readonly string[]): string[] => [...names].sort();

test('a client of MQTT 5 is told in 3.1.1 that its version is not spoken, and can come back with 3.1.1', async () => {
  const { url } = await startBroker(join(temporaryFolder(), 'broker'));
  await expect(client(url, { protocolVersion: 5 })).rejects.toMatchObject({ code: 1 });
  expect((await client(url, { protocolVersion: 4 })).connected).toBe(true);
});

test('messages of both qualities published at once all arrive, and none is left waiting', async () => {
  const { url } = await startBroker(join(temporaryFolder(), 'broker'));
  const { subscriber, received } = await session(url, 'engine');
  await subscriber.subscribeAsync('county/#', { qos: 1 });
  const publisher = await client(url);
  const names = topics(3000);
  await Promise.all(
    names.map((topic, index) => publisher.publishAsync(topic, 'x'.repeat(500), { qos: index % 3 === 0 ? 0 : 1 })),
  );
  await eventually('All messages', () => received.length >= names.length || undefined);
  expect(sorted(received)).toEqual(sorted(names));
  const ofQos1 = received.filter((topic) => Number(topic.split('/')[1]) % 3 !== 0);
  expect(ofQos1).toEqual(names.filter((_, index) => index % 3 !== 0));
  await subscriber.endAsync();
  const again = await session(url, 'engine');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(again.received).toEqual([]);
});

test('what waits for an absent client and what is retained outlives a killed broker', async () => {
  const dir = join(temporaryFolder(), 'broker');
  const first = await startBroker(dir);
  const { subscriber } = await session(first.url, 'engine');
  await subscriber.subscribeAsync('county/#', { qos: 1 });
  await subscriber.endAsync();
  const publisher = await client(first.url);
  await Promise.all(topics(500).map((topic) => publisher.publishAsync(topic, 'queued', { qos: 1 })));
  await publisher.publishAsync('state/lamp', 'on', { qos: 1, retain: true });
  expect(await end(first, 'SIGKILL')).toBeNull();

  const second = await startBroker(dir);
  const { received } = await session(second.url, 'engine');
  await eventually('The waiting messages', () => received.length >= 500 || undefined);
  expect(received).toEqual(topics(500));
  const other = await client(second.url);
  const retained = once(other as unknown as NodeJS.EventEmitter, 'message') as Promise<[string, Buffer]>;
  await other.subscribeAsync('state/#');
  expect((await retained)[1].toString()).toBe('on');
});

test('a subscription given up is given up after a restart too', async () => {
  const dir = join(temporaryFolder(), 'broker');
  const first = await startBroker(dir);
  const { subscriber } = await session(first.url, 'engine');
  await subscriber.subscribeAsync(['county/#', 'other/#'], { qos: 1 });
  await subscriber.unsubscribeAsync('county/#');
  await subscriber.endAsync();
  await end(first, 'SIGTERM');
  const second = await startBroker(dir);
  const publisher = await client(second.url);
  for (const topic of ['county/1', 'other/1']) await publisher.publishAsync(topic, 'x', { qos: 1 });
  const { received } = await session(second.url, 'engine');
  await eventually('The message', () => received.length > 0 || undefined);
  expect(received).toEqual(['other/1']);
});

test('a client whose broker was killed is announced as gone by the next one', async () => {
  const dir = join(temporaryFolder(), 'broker');
  const first = await startBroker(dir);
  await client(first.url, {
    clientId: 'sensor',
    will: { topic: 'state/sensor', payload: Buffer.from('gone'), qos: 1, retain: true },
  });
  await end(first, 'SIGKILL');
  const second = await startBroker(dir);
  const watcher = await client(second.url);
  const told: string[] = [];
  watcher.on('message', (_topic, payload) => told.push(payload.toString()));
  await watcher.subscribeAsync('state/#', { qos: 1 });
  await eventually('The will', () => told.length > 0 || undefined);
  expect(told).toEqual(['gone']);
});

test('it ends cleanly when it is told to', async () => {
  const broker = await startBroker(join(temporaryFolder(), 'broker'));
  await client(broker.url);
  expect(await end(broker, 'SIGTERM')).toBe(0);
  expect(broker.errors()).toBe('');
});

test('a damaged store is set aside under a name that is told, and a new one begun', async () => {
  const dir = join(temporaryFolder(), 'broker');
  await end(await startBroker(dir), 'SIGTERM');
  for (const name of readdirSync(dir).filter((file) => file.startsWith('MANIFEST') || file === 'CURRENT'))
    writeFileSync(join(dir, name), 'damaged');
  const broker = await startBroker(dir);
  const aside = readdirSync(dirname(dir)).find((name) => name.startsWith('broker.damaged-'));
  expect(aside).toBeDefined();
  expect(broker.errors()).toContain(join(dirname(dir), String(aside)));
  expect((await client(broker.url)).connected).toBe(true);
});

test.each([
  ['a folder that another broker uses', 'Another Beacon uses the data folder'],
  ['a port that is in use', 'of the embedded broker is in use'],
])('%s is told in a sentence', async (name, sentence) => {
  const folder = temporaryFolder();
  const first = await startBroker(join(folder, 'broker'));
  const isPort = name.startsWith('a port');
  const { child, errors } = launch(join(folder, isPort ? 'other' : 'broker'), isPort ? first.port : 0);
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(1);
  expect(errors()).toContain(sentence);
  expect(errors().trim().split('\n')).toHaveLength(1);
});

const users = { engine: 'e-secret', county: 'c-secret', devices: 'd-secret' };
const as = (name: keyof typeof users, more: IClientOptions = {}): IClientOptions => ({
  username: name,
  password: users[name],
  ...more,
});

test('with passwords nobody else comes in, and nobody takes over the session of the engine', async () => {
  const { url, errors } = await startBroker(join(temporaryFolder(), 'broker'), 0, users);
  await expect(client(url)).rejects.toMatchObject({ code: 5 });
  await expect(client(url, { username: 'engine', password: 'guessed' })).rejects.toMatchObject({ code: 5 });
  const engine = await client(url, as('engine', { clientId: 'beacon-1234', clean: false }));
  const received: string[] = [];
  engine.on('message', (topic) => received.push(topic));
  await engine.subscribeAsync('beacon/v1/meter/+', { qos: 1 });
  await expect(client(url, as('devices', { clientId: 'beacon-1234', clean: false }))).rejects.toMatchObject({
    code: 5,
  });
  expect(errors()).toContain('a client "beacon-1234" was refused');
  const device = await client(url, as('devices'));
  await device.publishAsync('beacon/v1/meter/E1', '{}', { qos: 1 });
  await eventually('The reading', () => received.length === 1 || undefined);
  expect(engine.connected).toBe(true);
});

test.each([
  ['has control characters', 'beacon/v1/meter/a\u0007b'],
  ['is longer than 200 bytes', `beacon/v1/vehicle/${'x'.repeat(300)}`],
  ['is longer than 2048 bytes', `beacon/v1/vehicle/${'x'.repeat(60_000)}`],
  ['is not published by devices', 'beacon/v1/clock'],
])('a topic that %s ends the connection of its sender alone, and the broker says why', async (why, topic) => {
  const { url, errors } = await startBroker(join(temporaryFolder(), 'broker'), 0, users);
  const other = await client(url, as('county'));
  const sender = await client(url, as('devices'));
  const closed = new Promise<void>((resolve) => sender.once('close', () => resolve()));
  sender.publish(topic, '{"at":1,"speed":60}', { qos: 1 }, () => undefined);
  await closed;
  await eventually('The reason', () => errors().includes(why) || undefined);
  await other.publishAsync('beacon/v1/clock', '{"at":1,"speed":60}', { qos: 1 });
  expect(other.connected).toBe(true);
});

test('a packet that says that it is too large is cut off before it is there', async () => {
  const { url, port, errors } = await startBroker(join(temporaryFolder(), 'broker'), 0, users);
  const other = await client(url, as('county'));
  // A CONNECT of 200 MB.
  const stranger = connectSocket(port, '127.0.0.1').on('error', () => undefined);
  stranger.write(Buffer.from([0x10, 0x80, 0x84, 0xaf, 0x5f, 0, 4, 0x4d]));
  await once(stranger, 'close');
  await eventually('The reason', () => errors().includes('it sent a packet of 200000000 bytes') || undefined);
  const sender = await client(url, as('devices'));
  await sender.publishAsync('beacon/v1/intervals', Buffer.alloc(5_000_000), { qos: 1 });
  const closed = new Promise<void>((resolve) => sender.once('close', () => resolve()));
  sender.publish('beacon/v1/intervals', Buffer.alloc(10_000_000), { qos: 1 }, () => undefined);
  await closed;
  await eventually('The reason', () => /it sent a packet of 100000\d\d bytes/.test(errors()) || undefined);
  await other.publishAsync('county/a', 'x', { qos: 1 });
});
