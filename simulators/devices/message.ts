import type { z } from 'zod';
import { topicOf, topics } from '../../shared/wire/topics.ts';
import type { TopicName } from '../../shared/wire/topics.ts';

/** One MQTT message from a device. `atMs` is the time at which it is sent. */
export type Message = { topic: string; payload: string; qos: 0 | 1; atMs: number; isRetained?: true };

/** A message on one of Beacon's own topics; `parts` fill the topic's placeholders. */
export const beaconMessage = <N extends TopicName>(
  name: N,
  parts: readonly string[],
  atMs: number,
  body: z.input<(typeof topics)[N]['schema']>,
): Message => ({ topic: topicOf(name, ...parts), payload: JSON.stringify(body), qos: topics[name].qos, atMs });
