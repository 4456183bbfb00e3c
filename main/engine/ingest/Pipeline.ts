import { FUTURE_TOLERANCE_MS } from '../../../shared/base/clock.ts';
import type { Clock } from '../../../shared/base/clock.ts';
import { quantities } from '../../../shared/base/quantities.ts';
import type { Value } from '../../../shared/base/values.ts';
import type { Log } from '../base/engine.ts';
import type { SampleSink, TelemetryBatch, Upkeep } from '../store/store.ts';
import { BatchBuilder } from './BatchBuilder.ts';
import type { SeriesDictionary } from './BatchBuilder.ts';
import type { AnyFeed } from './anyFeed.ts';
import type { Acknowledge } from './AckQueue.ts';
import { valueFault } from './boundNames.ts';
import type { Refusal, Reply } from './feed.ts';
import type { Registry } from '../registry/Registry.ts';
import type { IntakeStats } from './IntakeStats.ts';
import type { Delivery } from './tapPublishes.ts';
import { TopicRouter } from './TopicRouter.ts';
import type { UnplacedDevices } from './UnplacedDevices.ts';
import type { Route } from './TopicRouter.ts';

/**
 * The most rows of one transaction: with more, the newest messages and their acknowledgements would wait for seconds.
 */
const BATCH_ROWS = 20_000;
/**
 * Rows that may wait for the store before reading from the broker pauses (back-pressure), so that the broker's own
 * queues take the surge.
 */
const FULL_ROWS = 200_000;
/** A pause ends after this long, so that pings are answered even when the store is stuck. */
const LONGEST_PAUSE_MS = 1000;
/**
 * Beyond this many rows QoS 0 messages are dropped and counted; QoS 1 messages stay, and their number is limited by the
 * broker's window.
 */
const MOST_QUEUED_ROWS = 1_000_000;
/**
 * A batch waits this long for more messages; while one commits, the next is collected. A batch without QoS 1 waits
 * longer, as a commit costs as much as a hundred messages.
 */
const BATCH_AGE_MS = 5;
const UNAWAITED_AGE_MS = 25;
const RETRY_MS = 1000;
const LETTER_BYTES = 4096;

type PipelineOptions = {
  feeds: readonly AnyFeed[];
  registry: Registry;
  series: SeriesDictionary;
  store: SampleSink;
  stats: IntakeStats;
  unplaced: UnplacedDevices;
  clock: Clock;
  /** While true, QoS 0 messages are shown but not kept, and count as dropped. */
  isStoreFull: () => boolean;
  /** Values older than this are shown as last-known values only and are not stored. */
  retentionMs: number;
  /** The verdict on the values of a message, before anything else sees them; it may give earlier values once more. */
  review?: (values: readonly Value[]) => readonly Value[];
  /** Called with the values of a message after their times were checked, before they are stored. */
  onValues: (values: readonly Value[], feed: AnyFeed, nowMs: number, qos: 0 | 1) => void;
  onReply: (reply: Reply) => void;
  onCommit: (ms: number) => void;
  /**
   * Called when the store falls behind and when it has caught up; `shed` counts the messages dropped since it fell
   * behind.
   */
  onBehind: (isBehind: boolean, shed: number) => void;
  log: Log;
};

type Sealed = { batch: TelemetryBatch; acknowledgements: Acknowledge[]; rows: number };

/** Why a value cannot be so; undefined where it can. */
function doubtOf(value: Value, latestMs: number): string | undefined {
  if (value.atMs > latestMs) return 'Its time is ahead of the clock.';
  if (value.kind !== 'sample' || Math.abs(value.value) <= quantities[value.quantity].most) return undefined;
  return 'Nothing in a county measures as much.';
}

/** A time ahead of the clock, or a number beyond all measure, makes a value suspect. */
function judged(values: readonly Value[], nowMs: number): readonly Value[] {
  const latestMs = nowMs + FUTURE_TOLERANCE_MS;
  if (values.every((value) => doubtOf(value, latestMs) === undefined)) return values;
  return values.map((value) => {
    const reason = value.quality === 'suspect' ? undefined : doubtOf(value, latestMs);
    return reason === undefined ? value : { ...value, quality: 'suspect', reason };
  });
}

/**
 * A message that the broker kept and that has no time of its own is of an unknown time: what a feed has dated by its
 * receipt is not of now.
 */
const dated = (values: readonly Value[], nowMs: number): readonly Value[] =>
  values.some(({ atMs }) => atMs === nowMs)
    ? values.map((value) =>
        value.atMs === nowMs
          ? { ...value, quality: 'stale', reason: 'The broker kept it, and it has no time of its own.' }
          : value,
      )
    : values;

function newestOf(values: readonly Value[]): number {
  let newestMs = Number.NEGATIVE_INFINITY;
  for (const { atMs } of values) if (atMs > newestMs) newestMs = atMs;
  return newestMs;
}

/**
 * The way of a message to the store: it is decoded, its time is checked, its values go into the present state, and then
 * into one transaction with those of other messages of that moment. No QoS 1 message is acknowledged before its commit;
 * a commit that fails is tried again with the same rows.
 */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #router: TopicRouter;
  readonly #states: unknown[];
  readonly #batch: BatchBuilder;
  #waiting: Acknowledge[] = [];
  #sealed: Sealed[] = [];
  #sealedRows = 0;
  #drained: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Whether the timer belongs to a batch with messages that wait for their acknowledgement. */
  #isAwaited = false;
  #committing: Promise<void> | undefined;
  #isStopping = false;
  /** Whether the message being handled goes to the store. */
  #isKept = true;
  #failure: string | undefined;
  #commitMs: number[] = [];
  /** Ends when the store has answered what it was asked last, where the answer decides which series there are. */
  #storeTurn: Promise<unknown> = Promise.resolve();
  /** Messages dropped since the store fell behind; undefined while it keeps up. */
  #shed: number | undefined;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#router = new TopicRouter(options.feeds, options.registry);
    this.#states = options.feeds.map((feed) => feed.initialState());
    this.#batch = new BatchBuilder(options.series, (id) => options.registry.device(id)?.kind === 'unit');
  }

  /** The number of rows that are not yet committed. */
  get queued(): number {
    return this.#batch.size + this.#sealedRows;
  }

  /** Resolves when reading from the broker may continue; undefined means at once. */
  room(): Promise<void> | undefined {
    if (this.queued < FULL_ROWS) return undefined;
    return new Promise((resolve) => {
      this.#drained.push(resolve);
      setTimeout(() => {
        if (this.queued >= FULL_ROWS) this.#fallBehind();
        resolve();
      }, LONGEST_PAUSE_MS);
    });
  }

  /** Why the last commit failed; undefined once a later one has succeeded. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** The durations of recent commits, newest last. */
  get commitTimesMs(): readonly number[] {
    return this.#commitMs;
  }

  deliver(delivery: Delivery): void {
    const { stats, clock } = this.#options;
    const nowMs = clock.nowMs();
    const route = this.#router.route(delivery.topic);
    const index = route.feed;
    stats.received(index);
    if (delivery.qos === 0 && this.queued > MOST_QUEUED_ROWS) {
      stats.shed(index);
      this.#fallBehind();
      this.#shed = (this.#shed ?? 0) + 1;
      return;
    }
    this.#isKept = delivery.qos > 0 || !this.#options.isStoreFull();
    if (!this.#isKept) stats.shed(index);
    const feed = this.#options.feeds[index];
    if (route.refusal !== undefined) this.#refuse(index, feed?.id ?? 'none', delivery, route.refusal, nowMs);
    else if (feed === undefined)
      this.#refuse(-1, 'none', delivery, { reason: 'noFeed', detail: 'No feed takes this topic.' }, nowMs);
    // An empty payload takes a retained message back, and says nothing.
    else if (delivery.payload.length > 0) this.#decode(feed, route, delivery, nowMs);
    this.#taken(delivery);
  }

  /** Keeps a message that is no feed's as a dead letter of `source`. */
  refuse(source: string, delivery: Delivery, refusal: Refusal): void {
    const nowMs = this.#options.clock.nowMs();
    this.#options.stats.received(-1);
    this.#isKept = !this.#options.isStoreFull();
    this.#refuse(-1, source, delivery, refusal, nowMs);
    this.#taken(delivery);
  }

  /**
   * Has the store delete series of unregistered devices of which nothing is stored any more; of registered devices the
   * last known sample is kept. No batch is handed to the store meanwhile, so a sample that arrives just then gets a new
   * series in place of a deleted one. Returns how many were deleted.
   */
  async removeIdleSeries(store: Pick<Upkeep, 'idleSeries' | 'removeSeries'>, nowMs: number): Promise<number> {
    let [count, from]: [number, number | undefined] = [0, 0];
    while (from !== undefined && !this.#isStopping) {
      const group = from;
      from = await this.#inTurn(async () => {
        const { rows, next } = await store.idleSeries(nowMs, group);
        const removed = rows.filter(({ deviceId }) => this.#options.registry.device(deviceId) === undefined);
        if (removed.length > 0) await store.removeSeries(removed.map(({ id }) => id));
        const waiting = this.#sealed.map(({ batch }) => batch);
        this.#batch.removeSeries(removed, waiting);
        count += removed.length;
        return next;
      });
    }
    return count;
  }

  /** Commits all collected rows and takes nothing more. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    await this.#committing;
    await this.#commitAll();
  }

  #taken({ acknowledge }: Delivery): void {
    if (acknowledge !== undefined) this.#waiting.push(acknowledge);
    if (this.#batch.size >= BATCH_ROWS) this.#seal();
    this.#schedule();
  }

  #decode(feed: AnyFeed, { feed: index, place }: Route, delivery: Delivery, nowMs: number): void {
    const result = this.#step(feed, index, place, delivery, nowMs);
    this.#states[index] = result.state;
    if (result.replies !== undefined) for (const reply of result.replies) this.#options.onReply(reply);
    if ('refusal' in result) {
      this.#refuse(index, feed.id, delivery, result.refusal, nowMs);
      return;
    }
    if (result.partRefused !== undefined) this.#refuse(index, feed.id, delivery, result.partRefused, nowMs);
    const all = delivery.isRetained ? dated(result.values, nowMs) : result.values;
    const fit = this.#fit(all, feed, index, delivery, nowMs);
    const admitted = this.#options.unplaced.admit(judged(fit, nowMs), feed.id, nowMs);
    const values = this.#options.review?.(admitted) ?? admitted;
    if (!this.#show(values, feed, index, delivery, nowMs)) return;
    if (values.length > 0 || result.values.length === 0) this.#options.stats.read(index, newestOf(values), nowMs);
    const oldestMs = nowMs - this.#options.retentionMs;
    if (this.#isKept) for (const value of values) if (value.atMs >= oldestMs) this.#batch.add(value, index);
    const unplaced = fit.length - admitted.length + this.#batch.takeUnplaced();
    if (unplaced > 0) this.#options.stats.unplaced(index, unplaced);
  }

  /** The values whose names are within bounds; one dead letter says what was wrong with the others. */
  #fit(values: readonly Value[], feed: AnyFeed, index: number, delivery: Delivery, nowMs: number): readonly Value[] {
    if (values.every((value) => valueFault(value) === undefined)) return values;
    const fit = values.filter((value) => valueFault(value) === undefined);
    const fault = values.map(valueFault).find((each) => each !== undefined) ?? '';
    const detail = `${fault} (${String(values.length - fit.length)} of ${String(values.length)} values)`;
    this.#refuse(index, feed.id, delivery, { reason: 'badName', detail }, nowMs);
    return fit;
  }

  /** Puts values into the present state. A message over which that fails must not come again at the next start. */
  #show(values: readonly Value[], feed: AnyFeed, index: number, delivery: Delivery, nowMs: number): boolean {
    try {
      this.#options.onValues(values, feed, nowMs, delivery.qos);
      return true;
    } catch (error) {
      this.#options.log('error', `A message of the feed ${feed.id} could not be shown.`, {
        topic: delivery.topic.name,
        error: String(error),
      });
      this.#refuse(index, feed.id, delivery, { reason: 'fault', detail: String(error) }, nowMs);
      return false;
    }
  }

  /**
   * By its contract a feed never throws; if one does anyway, the message becomes a dead letter and the intake
   * continues.
   */
  #step(feed: AnyFeed, index: number, place: unknown, delivery: Delivery, nowMs: number): ReturnType<AnyFeed['step']> {
    try {
      return feed.step(
        this.#states[index],
        delivery.topic.name,
        delivery.payload,
        nowMs,
        this.#options.registry,
        place,
      );
    } catch (error) {
      this.#options.log('error', `The feed ${feed.id} failed on a message.`, {
        topic: delivery.topic.name,
        error: String(error),
      });
      return { state: feed.initialState(), refusal: { reason: 'fault', detail: String(error) } };
    }
  }

  #refuse(index: number, feed: string, delivery: Delivery, { reason, detail }: Refusal, nowMs: number): void {
    this.#options.stats.refused(index, reason);
    if (!this.#isKept) return;
    const payload = Uint8Array.from(delivery.payload.subarray(0, LETTER_BYTES));
    this.#batch.addDeadLetter({
      atMs: nowMs,
      feed,
      topic: delivery.topic.name.slice(0, 500),
      reason,
      detail,
      payload,
      bytes: delivery.payload.length,
    });
  }

  #seal(): void {
    const rows = this.#batch.size;
    if (rows === 0 && this.#waiting.length === 0) return;
    this.#sealed.push({ batch: this.#batch.take(), acknowledgements: this.#waiting, rows });
    this.#sealedRows += rows;
    this.#waiting = [];
  }

  #schedule(): void {
    if (this.#committing !== undefined || this.#isStopping) return;
    const isAwaited = this.#waiting.length > 0;
    if (this.#timer !== undefined && (this.#isAwaited || !isAwaited)) return;
    clearTimeout(this.#timer);
    this.#isAwaited = isAwaited;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#committing = this.#commitAll().finally(() => {
          this.#committing = undefined;
          if (this.#batch.size > 0) this.#schedule();
        });
      },
      isAwaited ? BATCH_AGE_MS : UNAWAITED_AGE_MS,
    );
  }

  /**
   * Commits until no collected message waits for its acknowledgement, and at the stop until nothing is left; messages
   * that arrive meanwhile form the next batch.
   */
  async #commitAll(): Promise<void> {
    for (;;) {
      if (this.#sealed.length === 0) this.#seal();
      const next = this.#sealed[0];
      if (next === undefined || !(await this.#commit(next))) return;
      this.#sealed.shift();
      this.#sealedRows -= next.rows;
      if (this.queued < FULL_ROWS / 2) this.#catchUp();
      if (this.#sealed.length === 0 && this.#waiting.length === 0 && !this.#isStopping) return;
    }
  }

  #fallBehind(): void {
    if (this.#shed !== undefined) return;
    this.#shed = 0;
    this.#options.onBehind(true, 0);
  }

  #catchUp(): void {
    for (const resume of this.#drained.splice(0)) resume();
    if (this.#shed === undefined) return;
    this.#options.onBehind(false, this.#shed);
    this.#shed = undefined;
  }

  /**
   * Returns false only when the engine stops and the store does not accept the batch: the broker sends unacknowledged
   * messages again.
   */
  async #commit({ batch, acknowledgements }: Sealed): Promise<boolean> {
    while (!(await this.#tryCommit(batch))) {
      if (this.#isStopping) return false;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    for (const acknowledge of acknowledgements) acknowledge();
    return true;
  }

  #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const turn = this.#storeTurn.then(ask);
    this.#storeTurn = turn.catch(() => undefined);
    return turn;
  }

  #committedIn(ms: number): void {
    this.#commitMs = [...this.#commitMs.slice(-199), ms];
    this.#options.onCommit(ms);
  }

  async #tryCommit(batch: TelemetryBatch): Promise<boolean> {
    const startedMs = performance.now();
    try {
      const result = await this.#inTurn(() => this.#options.store.commit(batch));
      this.#options.stats.committed(result.insertedByFeed, result.duplicatesByFeed);
      this.#failure = undefined;
      this.#committedIn(performance.now() - startedMs);
      return true;
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      this.#options.log('error', `The store did not take a batch: ${this.#failure}`);
      return false;
    }
  }
}
