import { z } from 'zod';

/**
 * A topic, or a filter of topics, that the broker does not let Beacon use. `read`: Beacon does not receive what is
 * published there; `write`: the broker does not take what Beacon publishes there.
 */
export const topicRefusalSchema = z.object({ topic: z.string(), right: z.enum(['read', 'write']) });
export type TopicRefusal = z.infer<typeof topicRefusalSchema>;

/** What the broker refuses, in a sentence that names the topic. */
export const refusalText = ({ topic, right }: TopicRefusal): string =>
  `The broker does not let Beacon ${right} ${topic}.`;
