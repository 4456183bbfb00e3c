import type { CountyMs } from '../../../shared/base/clock.ts';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import { topicOf, topics } from '../../../shared/wire/topics.ts';
import type { EngineOptions, Log } from '../base/engine.ts';
import type { Registry } from '../registry/Registry.ts';
import { BrokerConnection } from './BrokerConnection.ts';
import { feeds } from './feeds/feedList.ts';

/** The topic on which an accelerated county publishes its time. */
export const CLOCK_TOPIC = topicOf('clock');

type BrokerParts = {
  clientId: string;
  registry: Registry;
  protocol: ProtocolChoice;
  nowMs: () => CountyMs;
  onRefusal: (refusal: TopicRefusal) => void;
  log: Log;
};

/** The engine's connection to the broker, with the subscriptions of all feeds; it connects when it is started. */
export function openBroker(
  { brokerUrl, mqtt = {} }: EngineOptions,
  { registry, ...parts }: BrokerParts,
): BrokerConnection {
  return new BrokerConnection({
    ...parts,
    url: brokerUrl,
    credentials: mqtt,
    subscriptions: [
      { filter: CLOCK_TOPIC, qos: topics.clock.qos },
      ...feeds.flatMap(({ filters, qos }) => filters.map((filter) => ({ filter, qos }))),
    ],
    expectedTopics: registry.size,
  });
}
