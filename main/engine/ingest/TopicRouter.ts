const SEEN_TOPICS = 200_000;

/** Does an MQTT topic filter (with + and #) take this topic? */
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

/** Finds the feed of a topic: the first in the list whose filter matches. Remembers, as a county has few topics and many messages. */
export class TopicRouter {
  readonly #filters: { filter: string; index: number }[];
  readonly #seen = new Map<string, number>();

  constructor(feeds: readonly { filters: readonly string[] }[]) {
    this.#filters = feeds.flatMap((feed, index) => feed.filters.map((filter) => ({ filter, index })));
  }

  /** The feed's place in the list, or -1. */
  route(topic: string): number {
    const known = this.#seen.get(topic);
    if (known !== undefined) return known;
    const index = this.#filters.find(({ filter }) => matchesFilter(filter, topic))?.index ?? -1;
    // Topics that change with every message (positions in the topic) must not fill the memory.
    if (this.#seen.size >= SEEN_TOPICS) this.#seen.clear();
    this.#seen.set(topic, index);
    return index;
  }
}
