import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BrokerConnection } from '../../../main/engine/ingest/BrokerConnection.ts';
import { takesDots } from '../../../main/engine/sync/takesDots.ts';
import { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import { Publisher } from '../../../simulators/run/Publisher.ts';
import { eventually } from '../../support/startHost.ts';
import { startStubbornBroker } from '../../support/startStubbornBroker.ts';

function listen(url: string, protocol = new ProtocolChoice(5)): { connection: BrokerConnection; heard: string[] } {
  const heard: string[] = [];
  const connection = new BrokerConnection({
    url,
    credentials: {},
    clientId: 'beacon-test',
    subscriptions: [{ filter: 't/#', qos: 1 }],
    protocol,
    nowMs: Date.now,
    log: () => undefined,
  });
  connection.onDelivery = ({ topic, acknowledge }) => {
    heard.push(topic.name);
    acknowledge?.();
  };
  connection.start();
  onTestFinished(() => connection.stop());
  return { connection, heard };
}

const isConnected = (connection: BrokerConnection) =>
  eventually('The connection', () => connection.state.state === 'connected' || undefined);

async function stubborn(...levels: number[]) {
  const broker = await startStubbornBroker(new Set(levels));
  onTestFinished(broker.dispose);
  return broker;
}

describe('a broker that closes on a CONNECT of MQTT 5 without an answer', () => {
  it('is spoken to in 3.1.1', async () => {
    const { url, tried } = await stubborn(4);
    const { connection, heard } = listen(url);
    await isConnected(connection);
    expect(connection.state.protocol).toBe('MQTT 3.1.1');
    expect(tried).toEqual([5, 5, 4]);
    await connection.publish('t/1', 'x', 1);
    await eventually('The message', () => heard.includes('t/1') || undefined);
  });

  it('is spoken to in 3.1.1 at once where another connection has found out, and after each loss', async () => {
    const { url, tried, hangUp } = await stubborn(4);
    const protocol = new ProtocolChoice(5);
    const { connection } = listen(url, protocol);
    await isConnected(connection);
    expect(await takesDots({ url, credentials: {}, protocol, prefix: 'beacon/test', nowMs: Date.now })).toBe(true);
    hangUp();
    await eventually('The loss', () => connection.state.state === 'lost' || undefined);
    await isConnected(connection);
    expect(tried).toEqual([5, 5, 4, 4, 4]);
  });

  it('is spoken to in MQTT 5 once it takes no other version any more', async () => {
    const levels = new Set([4]);
    const { url, hangUp, dispose } = await startStubbornBroker(levels);
    onTestFinished(dispose);
    const { connection } = listen(url);
    await isConnected(connection);
    levels.clear();
    levels.add(5);
    hangUp();
    await eventually('The other version', () => connection.state.protocol === 'MQTT 5' || undefined);
    await isConnected(connection);
  });

  it('says meanwhile that it closes the connection without an answer', async () => {
    const { url } = await stubborn();
    const { connection } = listen(url);
    await eventually('The reason', () => connection.state.reason);
    expect(connection.state).toMatchObject({
      state: 'lost',
      reason: expect.stringMatching(/closed the connection without an answer/) as string,
    });
  });
});

it('the simulated devices take the other version, too, where the broker closes on theirs', async () => {
  const { url, tried, openUrl } = await stubborn(5);
  const heard: string[] = [];
  const reader = await connectAsync(openUrl);
  onTestFinished(() => reader.endAsync(true).then(() => undefined));
  reader.on('message', (topic) => heard.push(topic));
  await reader.subscribeAsync('t/#');
  const publisher = new Publisher({
    broker: url,
    username: undefined,
    password: undefined,
    caFile: undefined,
    onDispatch: () => undefined,
    onAcknowledged: () => undefined,
    say: () => undefined,
  });
  onTestFinished(() => publisher.close());
  await publisher.connected();
  expect(tried).toEqual([4, 4, 5]);
  await publisher.send({ topic: 't/1', payload: 'x', qos: 1, atMs: 0 });
  await eventually('The message', () => heard.includes('t/1') || undefined);
});
