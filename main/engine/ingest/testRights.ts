import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { BEACON_PREFIX, topicOf } from '../../../shared/wire/topics.ts';
import type { RightsReport } from '../../../shared/contract/deskRequests.ts';
import type { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import type { EngineOptions } from '../base/engine.ts';
import { BrokerConnection } from './BrokerConnection.ts';
import { feeds } from './feeds/feedList.ts';

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 50;
const NAME = 'beacon-test';

/** Where Beacon publishes, each with a topic of that kind that means nothing to anybody. */
const written = [
  { filter: `${BEACON_PREFIX}/dispatch/#`, topic: topicOf('dispatch', NAME) },
  { filter: `${BEACON_PREFIX}/engine/#`, topic: `${BEACON_PREFIX}/engine/${NAME}` },
  { filter: 'spBv1.0/+/NCMD/#', topic: `spBv1.0/${NAME}/NCMD/${NAME}` },
] as const;

async function until(isOver: () => boolean): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!isOver() && performance.now() < endMs) await setTimeout(LOOK_EVERY_MS);
}

type Tested = Pick<EngineOptions, 'brokerUrl' | 'mqtt'> & { protocol: ProtocolChoice; nowMs: () => number };

/**
 * Tries out at the broker, over a connection of its own, what Beacon's account may do with the topics of the feeds, of
 * orders and of the engine. Not every broker says what it refuses: Mosquitto takes each subscription and withholds the
 * messages, and a broker of MQTT 3.1.1 takes each message.
 */
export async function testRights({ brokerUrl, mqtt = {}, protocol, nowMs }: Tested): Promise<RightsReport> {
  const filters = feeds.flatMap((feed) => feed.filters.map((filter) => ({ filter, qos: feed.qos })));
  const line = new BrokerConnection({
    url: brokerUrl,
    credentials: mqtt,
    protocol,
    clientId: `${NAME}-${randomBytes(6).toString('hex')}`,
    isTransient: true,
    subscriptions: filters,
    onRefusal: () => undefined,
    nowMs,
    log: () => undefined,
  });
  let isSubscribed = false;
  line.onSubscribed = () => (isSubscribed = true);
  line.onDelivery = ({ acknowledge }) => acknowledge?.();
  line.start();
  try {
    await until(() => isSubscribed || line.state.reason !== undefined);
    if (!isSubscribed) return { reason: line.state.reason ?? 'The broker does not answer.', topics: [] };
    await Promise.race([
      Promise.all(written.map(({ topic }) => line.publish(topic, '{}', 1).catch(() => undefined))),
      setTimeout(PATIENCE_MS),
    ]);
    const isRefused = (topic: string): boolean => line.refused().some((refusal) => refusal.topic === topic);
    return {
      topics: [
        ...filters.map(({ filter }) => ({ topic: filter, right: 'read' as const, isRefused: isRefused(filter) })),
        ...written.map(({ filter, topic }) => ({
          topic: filter,
          right: 'write' as const,
          isRefused: isRefused(topic),
        })),
      ],
    };
  } finally {
    await line.stop();
  }
}
