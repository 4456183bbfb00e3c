import type { z } from 'zod';
import { topicOf, topics } from '../../shared/wire/topics.ts';
import type { TopicName } from '../../shared/wire/topics.ts';

/** What a device says: one MQTT message. `atMs` is when it is sent. */
export type Message = { topic: string; payload: string; qos: 0 | 1; atMs: number; isRetained?: true };

/** A message under a topic of Beacon's own; `parts` fill the topic's placeholders. */
export const beaconMessage = <N extends TopicName>(
  name: N,
  parts: readonly string[],
  atMs: number,
  body: z.input<(typeof topics)[N]['schema']>,
): Message => ({ topic: topicOf(name, ...parts), payload: JSON.stringify(body), qos: topics[name].qos, atMs });
