import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { BEACON_PREFIX, topicOf } from '../../../shared/wire/topics.ts';
import type { CountyMs } from '../../../shared/base/clock.ts';
import type { RightsReport } from '../../../shared/contract/deskRequests.ts';
import type { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import type { EngineOptions } from '../base/engine.ts';
import { BrokerConnection } from './BrokerConnection.ts';
import { feeds } from './feeds/feedList.ts';

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 50;
const LONGEST_RETRY_MS = 1000;
const MOST_ATTEMPTS = 3;
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

/**
 * Publishes one message after the other, and again over the next connection where one was lost: Mosquitto 2.0 without a
 * bound on its queues ends the connection after each message that it refuses.
 */
class Probe {
  readonly #line: BrokerConnection;
  #lost = Promise.withResolvers<'lost'>();
  isSubscribed = false;

  constructor(line: BrokerConnection) {
    this.#line = line;
    line.onSubscribed = () => (this.isSubscribed = true);
    line.onLost = () => {
      this.isSubscribed = false;
      this.#lost.resolve('lost');
    };
  }

  async publish(topic: string): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      await until(() => this.isSubscribed);
      this.#lost = Promise.withResolvers<'lost'>();
      const answered = this.#line.publish(topic, '{}', 1).then(
        () => 'taken',
        () => 'refused',
      );
      if ((await Promise.race([answered, this.#lost.promise, setTimeout(PATIENCE_MS)])) !== 'lost') return;
    }
  }
}

type Tested = Pick<EngineOptions, 'brokerUrl' | 'mqtt'> & { protocol: ProtocolChoice; nowMs: () => CountyMs };

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
    longestRetryMs: LONGEST_RETRY_MS,
    subscriptions: filters,
    onRefusal: () => undefined,
    nowMs,
    log: () => undefined,
  });
  const probe = new Probe(line);
  line.onDelivery = ({ acknowledge }) => acknowledge?.();
  line.start();
  try {
    await until(() => probe.isSubscribed || line.state.reason !== undefined);
    if (!probe.isSubscribed) return { reason: line.state.reason ?? 'The broker does not answer.', topics: [] };
    for (const { topic } of written) await probe.publish(topic);
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
