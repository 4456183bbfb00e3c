import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';

/** What the broker is to show comes within milliseconds. Shorter than a connection that shows nothing is kept. */
const PATIENCE_MS = 3000;
/** Rights may have been given in the meantime. */
const ASK_AGAIN_MS = 60_000;

type Probed = { filter: string; topic: string };
type TopicProbeOptions = {
  /** Publishes a message there that means nothing to anybody; false where the broker says that it did not take it. */
  publish: (topic: string) => Promise<boolean>;
  /** Told of each filter of which nothing comes. */
  onRefusal: (refusal: TopicRefusal) => void;
};

/**
 * Finds the topics that a broker keeps back without saying so, as Mosquitto does by its file of rights: what is
 * published there from here must come back.
 */
export class TopicProbe {
  readonly #options: TopicProbeOptions;
  /** By topic. */
  readonly #awaited = new Map<string, { filter: string; timer: NodeJS.Timeout }>();
  readonly #refused = new Set<string>();
  #again: NodeJS.Timeout | undefined;

  constructor(options: TopicProbeOptions) {
    this.#options = options;
  }

  refused(): TopicRefusal[] {
    return [...this.#refused].map((topic) => ({ topic, right: 'read' }));
  }

  /** Publishes at each of these topics and waits for it. */
  begin(probed: readonly Probed[]): void {
    clearTimeout(this.#again);
    for (const { topic, filter } of probed) {
      this.await(topic, filter);
      void this.#options.publish(topic).then((isTaken) => {
        // Then the right to write is what is missing, and nothing can be said of the other one.
        if (!isTaken) this.#forget(topic);
      });
    }
    this.#again = setTimeout(() => this.begin(probed), ASK_AGAIN_MS).unref();
  }

  /** Something was published that must come back. */
  await(topic: string, filter: string): void {
    if (this.#awaited.has(topic)) return;
    const timer = setTimeout(() => this.#missed(filter), PATIENCE_MS).unref();
    this.#awaited.set(topic, { filter, timer });
  }

  /** The broker has shown this topic. */
  shown(topic: string): void {
    const filter = this.#forget(topic);
    if (filter !== undefined) this.#refused.delete(filter);
  }

  /** The connection is gone: nothing is awaited, and what was found stays found. */
  end(): void {
    clearTimeout(this.#again);
    for (const topic of [...this.#awaited.keys()]) this.#forget(topic);
  }

  #forget(topic: string): string | undefined {
    const awaited = this.#awaited.get(topic);
    clearTimeout(awaited?.timer);
    this.#awaited.delete(topic);
    return awaited?.filter;
  }

  #missed(filter: string): void {
    if (this.#refused.has(filter)) return;
    this.#refused.add(filter);
    this.#options.onRefusal({ topic: filter, right: 'read' });
  }
}
