import type { StreamMessage } from '../../../shared/contract/contract.ts';
import type { AnyFeed } from './anyFeed.ts';

type FeedState = StreamMessage<'vitals'>['feeds'][number];

type Counters = {
  received: number;
  refused: Map<string, number>;
  committed: number;
  duplicates: number;
  shed: number;
  /** Values that were refused because too many devices of the feed are in no register. */
  unplaced: number;
  lastAtMs: number | undefined;
  dataAtMs: number | undefined;
  perSecond: number;
  countedAt: number;
};

/** Rates are smoothed over about ten seconds. */
const SMOOTHING = 0.1;

/**
 * Counts what passed through the intake, per feed; the entry after the last feed counts messages that no feed takes.
 */
export class IntakeStats {
  readonly #feeds: readonly AnyFeed[];
  readonly #counters: Counters[];

  readonly #isExpected: (feed: string, isHeard: (feed: string) => boolean) => boolean;

  /** `isExpected`: whether the county's files name devices of a feed. */
  constructor(
    feeds: readonly AnyFeed[],
    isExpected: (feed: string, isHeard: (feed: string) => boolean) => boolean = () => false,
  ) {
    this.#feeds = feeds;
    this.#isExpected = isExpected;
    this.#counters = [...feeds, undefined].map(() => ({
      received: 0,
      refused: new Map<string, number>(),
      committed: 0,
      duplicates: 0,
      shed: 0,
      unplaced: 0,
      lastAtMs: undefined,
      dataAtMs: undefined,
      perSecond: 0,
      countedAt: 0,
    }));
  }

  received(feed: number): void {
    this.#of(feed).received++;
  }

  /**
   * Called for each message that could be read. `dataAtMs`: when its newest value was measured; -Infinity where it held
   * none.
   */
  read(feed: number, dataAtMs: number, nowMs: number): void {
    const counters = this.#of(feed);
    counters.lastAtMs = nowMs;
    if (dataAtMs > (counters.dataAtMs ?? Number.NEGATIVE_INFINITY)) counters.dataAtMs = Math.min(dataAtMs, nowMs);
  }

  refused(feed: number, reason: string): void {
    const { refused } = this.#of(feed);
    refused.set(reason, (refused.get(reason) ?? 0) + 1);
  }

  shed(feed: number): void {
    this.#of(feed).shed++;
  }

  unplaced(feed: number, count: number): void {
    this.#of(feed).unplaced += count;
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
    const isHeard = (id: string): boolean =>
      this.#of(this.#feeds.findIndex((feed) => feed.id === id)).lastAtMs !== undefined;
    return this.#feeds.map((feed, index) => {
      const counters = this.#of(index);
      // Without this, a silent feed would seem active for hours after the clock was set back.
      if (counters.lastAtMs !== undefined) counters.lastAtMs = Math.min(counters.lastAtMs, nowMs);
      if (counters.dataAtMs !== undefined) counters.dataAtMs = Math.min(counters.dataAtMs, nowMs);
      const { received, refused, perSecond, lastAtMs, dataAtMs } = counters;
      return {
        id: feed.id,
        name: feed.name,
        received,
        refused: sum(refused.values()),
        perSecond,
        state: stateOf(counters, feed.quietAfterMs, nowMs),
        isSteady: Number.isFinite(feed.quietAfterMs),
        isExpected: this.#isExpected(feed.id, isHeard),
        ...(lastAtMs !== undefined && { lastAtMs }),
        ...(dataAtMs !== undefined && { dataAtMs }),
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
    unplaced: number;
    refused: ReadonlyMap<string, number>;
    lastAtMs: number | undefined;
  }[] {
    return this.#counters.map((counters, index) => ({ ...counters, feed: this.#feeds[index]?.id ?? 'none' }));
  }

  totals(): { perSecond: number; refused: number; shed: number; unplaced: number; committed: number } {
    return {
      perSecond: sum(this.#counters.map((each) => each.perSecond)),
      refused: sum(this.#counters.map((each) => sum(each.refused.values()))),
      shed: sum(this.#counters.map((each) => each.shed)),
      unplaced: sum(this.#counters.map((each) => each.unplaced)),
      committed: sum(this.#counters.map((each) => each.committed)),
    };
  }

  #of(feed: number): Counters {
    const counters = this.#counters[feed === -1 ? this.#counters.length - 1 : feed];
    if (counters === undefined) throw new RangeError(`no feed has the number ${String(feed)}`);
    return counters;
  }
}

/** A message that could not be read is no sign of life: what the feed shows does not become newer by it. */
function stateOf({ lastAtMs }: Counters, quietAfterMs: number, nowMs: number): FeedState['state'] {
  if (lastAtMs === undefined) return 'unused';
  return nowMs - lastAtMs <= quietAfterMs ? 'live' : 'quiet';
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
};
