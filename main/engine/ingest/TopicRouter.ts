import { topicFault } from '../../../shared/wire/names.ts';
import type { AnyFeed } from './anyFeed.ts';
import type { Refusal } from './feed.ts';
import type { Registry } from '../registry/Registry.ts';
import type { Topic } from './TopicTable.ts';

type RoutedFeed = Pick<AnyFeed, 'filters' | 'placeOf'>;

/** Returns whether an MQTT topic filter (with + and #) matches a topic. */
export function matchesFilter(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  // Wildcards at the first level never match topics of the broker itself ($SYS).
  if (topic.startsWith('$') && (wanted[0] === '+' || wanted[0] === '#')) return false;
  for (const [i, part] of wanted.entries()) {
    if (part === '#') return true;
    if (i >= levels.length || (part !== '+' && part !== levels[i])) return false;
  }
  return wanted.length === levels.length;
}

/**
 * The feed that takes a topic (its index in the list, or -1), and what that feed reads from the topic alone; `refusal`
 * where the topic itself is refused.
 */
export type Route = { feed: number; place: unknown; refusal?: Refusal };

/**
 * Finds the feed of a topic: the first in the list whose filter matches. The result is stored with the topic, because a
 * county has few topics and many messages.
 */
export class TopicRouter {
  readonly #feeds: readonly RoutedFeed[];
  /** `start` is the part before the first wildcard, which is enough to rule out most filters. */
  readonly #filters: { filter: string; start: string; feed: number }[];
  readonly #registry: Registry;

  constructor(feeds: readonly RoutedFeed[], registry: Registry) {
    this.#feeds = feeds;
    this.#filters = feeds.flatMap(({ filters }, feed) =>
      filters.map((filter) => ({ filter, start: filter.split(/\/?[+#]/, 1)[0] ?? '', feed })),
    );
    this.#registry = registry;
  }

  route(topic: Topic): Route {
    return (topic.route ??= this.#find(topic.name));
  }

  #find(name: string): Route {
    const feed =
      this.#filters.find(({ filter, start }) => name.startsWith(start) && matchesFilter(filter, name))?.feed ?? -1;
    const fault = topicFault(name);
    if (fault !== undefined) return { feed, place: undefined, refusal: { reason: 'badTopic', detail: fault } };
    return { feed, place: this.#feeds[feed]?.placeOf?.(name, this.#registry) };
  }
}
