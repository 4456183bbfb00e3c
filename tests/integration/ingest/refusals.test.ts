import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Aedes } from 'aedes';
import type { Subscription } from 'aedes';
import { expect, it, onTestFinished } from 'vitest';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { RightsReport } from '../../../shared/contract/deskRequests.ts';
import { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import { BrokerConnection } from '../../../main/engine/ingest/BrokerConnection.ts';
import { testRights } from '../../../main/engine/ingest/testRights.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';

type Verdict = (subscription: Subscription) => 'grant' | 'refuse' | 'close';

/** A broker that refuses subscriptions by their reason code, or by ending the connection. */
async function broker(verdict: Verdict): Promise<{ url: string; aedes: Aedes }> {
  const aedes = await Aedes.createBroker({
    authorizeSubscribe(_client, subscription, done) {
      const said = verdict(subscription);
      if (said === 'close') done(new Error('closed'));
      else done(null, said === 'grant' ? subscription : null);
    },
  });
  const server = createServer(aedes.handle);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    await new Promise<void>((closed) => aedes.close(closed));
    server.close();
  });
  return { url: `mqtt://127.0.0.1:${String((server.address() as AddressInfo).port)}`, aedes };
}

function listen(url: string, filters: readonly string[]) {
  const heard: string[] = [];
  const refusals: TopicRefusal[] = [];
  const connection = new BrokerConnection({
    url,
    credentials: {},
    clientId: 'beacon-test',
    subscriptions: filters.map((filter) => ({ filter, qos: 1 as const })),
    onRefusal: (refusal) => refusals.push(refusal),
    isTransient: true,
    nowMs: () => Date.now(),
    log: () => undefined,
  });
  let subscribed = 0;
  connection.onSubscribed = () => subscribed++;
  connection.onDelivery = ({ topic, acknowledge }) => {
    heard.push(topic.name);
    acknowledge?.();
  };
  connection.start();
  onTestFinished(() => connection.stop());
  return { connection, heard, refusals, subscribed: () => subscribed };
}

const publish = (aedes: Aedes, topic: string): Promise<void> =>
  new Promise((resolve, reject) =>
    aedes.publish({ cmd: 'publish', topic, payload: 'x', qos: 1, retain: false, dup: false }, (error) =>
      error ? reject(error) : resolve(),
    ),
  );

it('names each filter that the broker refuses, and goes on with the others', async () => {
  const { url, aedes } = await broker(({ topic }) => (topic.startsWith('b') ? 'refuse' : 'grant'));
  const { connection, heard, refusals, subscribed } = listen(url, ['a/#', 'b/#', 'c.d/#']);
  await eventually('The answer to all subscriptions', () => subscribed() > 0 || undefined);
  expect(connection.state).toMatchObject({ state: 'connected', refused: [{ topic: 'b/#', right: 'read' }] });
  expect(refusals).toEqual([{ topic: 'b/#', right: 'read' }]);
  for (const topic of ['a/1', 'c.d/1']) await publish(aedes, topic);
  await eventually('Both messages', () => heard.length === 2 || undefined);
});

it.each([
  ['that not every broker takes', 'b.c/#'],
  ['among others', 'b/#'],
])('leaves out a filter %s over which the broker ends the connection', async (_, filter) => {
  const { url, aedes } = await broker(({ topic }) => (topic === filter ? 'close' : 'grant'));
  const { connection, heard, refusals, subscribed } = listen(url, ['a/#', filter, 'd/#']);
  await eventually('A connection that stands', () => subscribed() > 0 || undefined);
  expect(connection.refused()).toEqual([{ topic: filter, right: 'read' }]);
  expect(refusals).toHaveLength(1);
  for (const topic of ['a/1', 'd/1']) await publish(aedes, topic);
  await eventually('Both messages', () => heard.includes('a/1') && heard.includes('d/1'));
});

it('a test of the rights names what Mosquitto does not take, and what another broker does not let Beacon read', async () => {
  const protocol = (): ProtocolChoice => new ProtocolChoice(5);
  const refused = ({ topics }: RightsReport): string[] =>
    topics.filter(({ isRefused }) => isRefused).map(({ right, topic }) => `${right} ${topic}`);
  const mosquitto = await startMosquitto({
    user: { name: 'beacon', password: 'right' },
    rights: ['user beacon', 'topic read beacon/v1/#', 'topic write beacon/v1/engine/#'],
  });
  onTestFinished(mosquitto.dispose);
  const test = (password: string): Promise<RightsReport> =>
    testRights({
      brokerUrl: mosquitto.url,
      mqtt: { username: 'beacon', password },
      protocol: protocol(),
      nowMs: Date.now,
    });
  expect(refused(await test('right'))).toEqual(['write beacon/v1/dispatch/#', 'write spBv1.0/+/NCMD/#']);
  expect(await test('wrong')).toEqual({
    reason: expect.stringContaining('refused the user name or password') as string,
    topics: [],
  });

  const { url } = await broker(({ topic }) => (topic.startsWith('rtlamr') ? 'refuse' : 'grant'));
  const report = await testRights({ brokerUrl: url, protocol: protocol(), nowMs: Date.now });
  expect(refused(report)).toEqual(['read rtlamr/#']);
  expect(report.topics.length).toBeGreaterThan(10);
});
