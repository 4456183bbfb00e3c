import type { StreamMessage } from '../../../shared/contract/contract.ts';
import type { AnyFeed } from './anyFeed.ts';

type FeedState = StreamMessage<'vitals'>['feeds'][number];

type Counters = {
  received: number;
  refused: Map<string, number>;
  committed: number;
  duplicates: number;
  shed: number;
  lastAtMs: number | undefined;
  perSecond: number;
  countedAt: number;
};

/** Rates are smoothed over about ten seconds. */
const SMOOTHING = 0.1;
/** A feed that the county expects is awaited when nothing of it came for this long after the start. */
const AWAITED_AFTER_MS = 300_000;

/**
 * Counts what passed through the intake, per feed; the entry after the last feed counts messages that no feed takes.
 */
export class IntakeStats {
  readonly #feeds: readonly AnyFeed[];
  readonly #counters: Counters[];
  readonly #expected: ReadonlySet<string>;
  readonly #monotonicMs: () => number;
  readonly #startedMs: number;

  /** `expected`: ids of the feeds that the county must hear. */
  constructor(
    feeds: readonly AnyFeed[],
    expected: ReadonlySet<string> = new Set(),
    monotonicMs: () => number = () => performance.now(),
  ) {
    this.#feeds = feeds;
    this.#expected = expected;
    this.#monotonicMs = monotonicMs;
    this.#startedMs = monotonicMs();
    this.#counters = [...feeds, undefined].map(() => ({
      received: 0,
      refused: new Map<string, number>(),
      committed: 0,
      duplicates: 0,
      shed: 0,
      lastAtMs: undefined,
      perSecond: 0,
      countedAt: 0,
    }));
  }

  received(feed: number, atMs: number): void {
    const counters = this.#of(feed);
    counters.received++;
    counters.lastAtMs = atMs;
  }

  refused(feed: number, reason: string): void {
    const { refused } = this.#of(feed);
    refused.set(reason, (refused.get(reason) ?? 0) + 1);
  }

  shed(feed: number): void {
    this.#of(feed).shed++;
  }

  committed(insertedByFeed: readonly number[], duplicatesByFeed: readonly number[]): void {
    for (const [feed, count] of insertedByFeed.entries()) this.#of(feed).committed += count;
    for (const [feed, count] of duplicatesByFeed.entries()) this.#of(feed).duplicates += count;
  }

  /** Called once per second: updates the rates. */
  tick(): void {
    for (const counters of this.#counters) {
      counters.perSecond += SMOOTHING * (counters.received - counters.countedAt - counters.perSecond);
      counters.countedAt = counters.received;
    }
  }

  /** One row per feed, for the screen. */
  feedStates(nowMs: number): FeedState[] {
    return this.#feeds.map((feed, index) => {
      const counters = this.#of(index);
      // Without this, a silent feed would seem active for hours after the clock was set back.
      if (counters.lastAtMs !== undefined && counters.lastAtMs > nowMs) counters.lastAtMs = nowMs;
      const { received, refused, perSecond, lastAtMs } = counters;
      const state =
        lastAtMs === undefined ? this.#unheard(feed.id) : nowMs - lastAtMs > feed.quietAfterMs ? 'quiet' : 'live';
      return {
        id: feed.id,
        name: feed.name,
        received,
        refused: sum(refused.values()),
        perSecond,
        state,
        ...(lastAtMs !== undefined && { lastAtMs }),
      };
    });
  }

  /** One row per feed with all counters, for the metrics. */
  rows(): {
    feed: string;
    received: number;
    committed: number;
    duplicates: number;
    shed: number;
    refused: ReadonlyMap<string, number>;
    lastAtMs: number | undefined;
  }[] {
    return this.#counters.map((counters, index) => ({ ...counters, feed: this.#feeds[index]?.id ?? 'none' }));
  }

  totals(): { perSecond: number; refused: number; shed: number; committed: number } {
    return {
      perSecond: sum(this.#counters.map((each) => each.perSecond)),
      refused: sum(this.#counters.map((each) => sum(each.refused.values()))),
      shed: sum(this.#counters.map((each) => each.shed)),
      committed: sum(this.#counters.map((each) => each.committed)),
    };
  }

  #unheard(id: string): 'awaited' | 'unused' {
    const isLate = this.#monotonicMs() - this.#startedMs >= AWAITED_AFTER_MS;
    return isLate && this.#expected.has(id) ? 'awaited' : 'unused';
  }

  #of(feed: number): Counters {
    const counters = this.#counters[feed === -1 ? this.#counters.length - 1 : feed];
    if (counters === undefined) throw new RangeError(`no feed has the number ${String(feed)}`);
    return counters;
  }
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
};
