import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';

/**
 * What the broker shows comes within milliseconds. This is shorter than the time for which a connection that shows
 * nothing is kept.
 */
const PATIENCE_MS = 3000;
/** Rights may have been granted in the meantime, so the probe is repeated after this long. */
const ASK_AGAIN_MS = 60_000;

type Probed = { filter: string; topic: string };
type TopicProbeOptions = {
  /**
   * Publishes a message at a topic that means nothing to anybody; false where the broker says that it did not take it.
   */
  publish: (topic: string) => Promise<boolean>;
  /** Called with each filter on which nothing comes back. */
  onRefusal: (refusal: TopicRefusal) => void;
};

/**
 * Finds the topics that a broker withholds without saying so, as Mosquitto does according to its access control file: a
 * message that is published there from here must come back.
 */
export class TopicProbe {
  readonly #options: TopicProbeOptions;
  /** Probes that have not come back yet, by topic. */
  readonly #awaited = new Map<string, { filter: string; timer: NodeJS.Timeout }>();
  readonly #refused = new Set<string>();
  #again: NodeJS.Timeout | undefined;

  constructor(options: TopicProbeOptions) {
    this.#options = options;
  }

  refused(): TopicRefusal[] {
    return [...this.#refused].map((topic) => ({ topic, right: 'read' }));
  }

  /** Publishes at each of these topics and waits for the messages to come back. */
  begin(probed: readonly Probed[]): void {
    clearTimeout(this.#again);
    for (const { topic, filter } of probed) {
      this.await(topic, filter);
      void this.#options.publish(topic).then((isTaken) => {
        // In this case the right to write is missing, and nothing can be said about the right to read.
        if (!isTaken) this.#forget(topic);
      });
    }
    this.#again = setTimeout(() => this.begin(probed), ASK_AGAIN_MS).unref();
  }

  /** Expects a published message to come back on a topic. */
  await(topic: string, filter: string): void {
    if (this.#awaited.has(topic)) return;
    const timer = setTimeout(() => this.#missed(filter), PATIENCE_MS).unref();
    this.#awaited.set(topic, { filter, timer });
  }

  /** Notes that the broker has shown this topic. */
  shown(topic: string): void {
    const filter = this.#forget(topic);
    if (filter !== undefined) this.#refused.delete(filter);
  }

  /** The connection is gone: nothing is awaited any more, and the refusals that were found are kept. */
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
