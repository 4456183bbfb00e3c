import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import { topicOf, topics } from '../../../shared/wire/topics.ts';
import type { EngineOptions, Log } from '../base/engine.ts';
import type { Registry } from '../registry/Registry.ts';
import { BrokerConnection } from './BrokerConnection.ts';
import { feeds } from './feeds/feedList.ts';

/** The topic on which an accelerated county publishes its time. */
export const CLOCK_TOPIC = topicOf('clock');

/** The engine's connection to the broker, with the subscriptions of all feeds; it connects when it is started. */
export function openBroker(
  { brokerUrl, mqtt = {} }: EngineOptions,
  clientId: string,
  registry: Registry,
  nowMs: () => number,
  onRefusal: (refusal: TopicRefusal) => void,
  log: Log,
): BrokerConnection {
  return new BrokerConnection({
    url: brokerUrl,
    credentials: mqtt,
    clientId,
    subscriptions: [
      { filter: CLOCK_TOPIC, qos: topics.clock.qos },
      ...feeds.flatMap(({ filters, qos }) => filters.map((filter) => ({ filter, qos }))),
    ],
    expectedTopics: registry.size,
    nowMs,
    onRefusal,
    log,
  });
}
