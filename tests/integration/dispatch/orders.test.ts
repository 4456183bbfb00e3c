import { connectAsync } from 'mqtt';
import { expect, onTestFinished, test, vi } from 'vitest';
import { OrderPost } from '../../../main/engine/dispatch/OrderPost.ts';
import { BrokerConnection } from '../../../main/engine/ingest/BrokerConnection.ts';
import { topicOf } from '../../../shared/wire/topics.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';

const WAIT = { timeout: 60_000 };

async function openPost(
  rights: readonly string[],
): Promise<{
  orders: OrderPost;
  broker: Awaited<ReturnType<typeof startMosquitto>>;
  states: () => Record<string, string>;
  send: (unitId: string) => void;
}> {
  const broker = await startMosquitto({ rights });
  const connection = new BrokerConnection({
    url: broker.url,
    credentials: {},
    clientId: 'orders',
    subscriptions: [],
    longestRetryMs: 200,
    nowMs: Date.now,
    log: () => undefined,
  });
  const orders = new OrderPost({
    publish: (topic, payload, qos) => connection.publish(topic, payload, qos),
    log: () => undefined,
  });
  connection.start();
  onTestFinished(async () => {
    await connection.stop();
    await broker.dispose();
  });
  await vi.waitFor(() => expect(connection.state.state).toBe('connected'), WAIT);
  return {
    orders,
    broker,
    states: () => Object.fromEntries(orders.all().map(({ unitId, state }) => [unitId, state])),
    send: (unitId) => orders.send(unitId, { at: Date.now(), incident: 'I-1', order: 'go' }),
  };
}

test('the broker says which order it refused, which one somebody gets, and which one nobody', async () => {
  const { orders, broker, states, send } = await openPost([
    'topic readwrite beacon/v1/engine/#',
    `topic readwrite ${topicOf('dispatch', 'P1')}`,
    `topic readwrite ${topicOf('dispatch', 'P2')}`,
  ]);
  const device = await connectAsync(broker.url);
  onTestFinished(() => device.endAsync(true));
  await device.subscribeAsync(topicOf('dispatch', 'P1'), { qos: 1 });
  for (const unitId of ['P1', 'P2', 'P3']) send(unitId);
  await vi.waitFor(() => expect(states()).toEqual({ P1: 'sent', P2: 'unheard', P3: 'refused' }), WAIT);
  expect(orders.all().find(({ unitId }) => unitId === 'P3')?.reason).toBe('not authorized');
});

test('an order waits for a broker that is away, and is sent when it is back', async () => {
  const { broker, states, send } = await openPost(['topic readwrite #']);
  await broker.stop();
  send('P1');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(states()).toEqual({ P1: 'waiting' });
  await broker.start();
  await vi.waitFor(() => expect(states()).toEqual({ P1: 'unheard' }), WAIT);
});
