import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { BrokerConnection } from '../../../main/engine/ingest/BrokerConnection.ts';
import { BacklogWatch } from '../../../main/engine/ingest/BacklogWatch.ts';
import { BrokerMemory } from '../../../main/engine/ingest/BrokerMemory.ts';
import { SessionWatch } from '../../../main/engine/ingest/SessionWatch.ts';
import { openScreen } from '../../support/openScreen.ts';
import { noticesOf, startFaultBench } from '../../support/startFaultBench.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

async function mosquitto(options?: Parameters<typeof startMosquitto>[0]): ReturnType<typeof startMosquitto> {
  const broker = await startMosquitto(options);
  onTestFinished(() => broker.dispose());
  return broker;
}

it('a session that the broker did not keep is named with its time, and one that it kept is not', async () => {
  const broker = await mosquitto();
  const bench = await startFaultBench({ brokerUrl: broker.url });
  const engine = await bench.start();
  const screen = await openScreen(engine.url);
  bench.stream.send();
  await bench.complete(screen);
  expect(noticesOf(screen)).not.toMatch(/kept/);
  await engine.stop();
  const again = await bench.start();
  const second = await openScreen(again.url);
  await eventually('A connection', () => second.stream('vitals').get()?.broker.state === 'connected' || undefined);
  expect(noticesOf(second)).not.toMatch(/kept/);
  await again.stop();

  // Somebody deletes the session, as a broker without persistence does at each restart.
  const memory = JSON.parse(readFileSync(join(bench.dataDir, 'broker-session.json'), 'utf8')) as { session: string };
  const clientId = memory.session.split(' ')[1] ?? '';
  await new Promise<void>((resolve) => {
    const eraser = connect(broker.url, { clientId, clean: true, protocolVersion: 4 });
    eraser.once('connect', () => eraser.end(false, {}, () => resolve()));
  });
  const third = await openScreen((await bench.start()).url);
  await eventually(
    'The gap',
    () => /The broker kept nothing from \d\d:\d\d to \d\d:\d\d/.test(noticesOf(third)) || undefined,
  );
}, 120_000);

it('a queue of the broker that was too short is named, with what came and what is usual', async () => {
  const MINUTE = 60_000;
  const broker = await mosquitto({ settings: ['max_queued_messages 100', 'max_inflight_messages 20'] });
  const folder = temporaryFolder();
  // Readings of 40 per minute: the hour before, and half an hour in which nobody listens.
  const startMs = Date.UTC(2026, 10, 23, 9);
  let nowMs = startMs;
  let monotonicMs = 0;
  const notices: string[] = [];
  const memory = new BrokerMemory(folder, 'a');
  const backlog = new BacklogWatch();
  const watch = new SessionWatch({
    memory,
    backlog,
    timeZone: 'UTC',
    nowMs: () => nowMs,
    monotonicMs: () => monotonicMs,
    onNotice: ({ text }) => notices.push(text),
  });
  const open = (): { connection: BrokerConnection; count: () => number } => {
    let count = 0;
    const connection = new BrokerConnection({
      url: broker.url,
      credentials: {},
      clientId: 'beacon-test',
      subscriptions: [{ filter: 't', qos: 1 }],
      nowMs: () => nowMs,
      log: () => undefined,
    });
    connection.onSession = (isPresent) => watch.connected(isPresent);
    connection.onLost = () => watch.lost();
    connection.onDelivery = ({ payload, acknowledge }) => {
      count++;
      backlog.note('meters', Number(payload.toString()), nowMs);
      acknowledge?.();
    };
    connection.start();
    onTestFinished(() => connection.stop());
    return { connection, count: () => count };
  };
  const device = connect(broker.url, { protocolVersion: 4 });
  onTestFinished(() => device.endAsync(true).then(() => undefined));
  const publish = async (fromMs: number, toMs: number): Promise<void> => {
    for (let atMs = fromMs; atMs < toMs; atMs += 1500) void device.publish('t', String(atMs), { qos: 1 });
    await device.publishAsync('other', '', { qos: 1 });
  };

  const first = open();
  await eventually('A connection', () => first.connection.state.state === 'connected' || undefined);
  nowMs = startMs + 60 * MINUTE;
  await publish(startMs, nowMs);
  await eventually('All of them', () => first.count() === 2400 || undefined);
  watch.lost();
  await first.connection.stop();

  nowMs += 30 * MINUTE;
  await publish(startMs + 60 * MINUTE, nowMs);
  const second = open();
  await eventually('What the broker kept', () => second.count() >= 100 || undefined);
  monotonicMs += 30_000;
  watch.tick();
  expect(notices).toEqual([
    expect.stringMatching(/^The broker kept only a part from 10:00 to 10:30: 1\d\d of about 1200 of meters came\./),
  ]);
  rmSync(folder, { recursive: true, force: true });
});

type Watched = { connection: BrokerConnection; said: string[]; connections: () => number };

function watch(url: string): Watched {
  const said: string[] = [];
  let connections = 0;
  const connection = new BrokerConnection({
    url,
    credentials: {},
    clientId: 'beacon-test',
    subscriptions: [{ filter: 't/#', qos: 1 }],
    nowMs: Date.now,
    log: (_level, message) => said.push(message),
  });
  connection.onSession = () => connections++;
  connection.start();
  onTestFinished(() => connection.stop());
  return { connection, said, connections: () => connections };
}

it('another client with the name of the engine is recognised, named and no longer driven out again and again', async () => {
  const broker = await mosquitto();
  const { connection, said, connections } = watch(broker.url);
  await eventually('A connection', () => connection.state.state === 'connected' || undefined);
  const other = connect(broker.url, { clientId: 'beacon-test', protocolVersion: 4, reconnectPeriod: 200 });
  onTestFinished(() => other.endAsync(true).then(() => undefined));
  // Mosquitto does not say why it ends a connection, so it takes some of them.
  const isNamed = (): boolean =>
    said.some((text) => /another client uses the name beacon-test.*another name/.test(text));
  await eventually('The sentence', () => isNamed() || undefined);
  const before = connections();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  // The other one comes back after 0.2 s each time; this one after 2, 4, 8 s.
  expect(connections() - before).toBeLessThanOrEqual(3);
}, 120_000);

it('a broker that says that the session was taken over is believed at once', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      // CONNACK, and DISCONNECT with reason 0x8E, of MQTT 5.
      socket.write(Buffer.from([0x20, 0x03, 0x00, 0x00, 0x00]));
      setTimeout(() => socket.end(Buffer.from([0xe0, 0x02, 0x8e, 0x00])), 100);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const { connection, connections } = watch(`mqtt://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  await eventually('The loss', () => connection.state.state === 'lost' || undefined);
  expect(connection.state.reason).toMatch(
    /another client connected with the same name.*name beacon-test.*another name/,
  );
  expect(connections()).toBe(1);
});
