import { describe, expect, it, vi } from 'vitest';
import { topicOf } from '../../../../../main/engine/ingest/TopicTable.ts';
import { SeriesDictionary } from '../../../../../main/engine/ingest/BatchBuilder.ts';
import { IntakeStats } from '../../../../../main/engine/ingest/IntakeStats.ts';
import { Pipeline } from '../../../../../main/engine/ingest/Pipeline.ts';
import { anyFeed } from '../../../../../main/engine/ingest/anyFeed.ts';
import { UnplacedDevices } from '../../../../../main/engine/ingest/UnplacedDevices.ts';
import { createRegistry } from '../../../../../main/engine/registry/createRegistry.ts';
import type { CommitResult, TelemetryBatch } from '../../../../../main/engine/store/store.ts';
import type { Value } from '../../../../../shared/base/values.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
const registry = createRegistry(smallCounty());
const DAY = 86_400_000;

const BLOCK = 1000;

/** Takes `<age in ms>` as the payload; `bad` is refused, `broken` makes it fail, `block` is a thousand values. */
const feed = anyFeed<number, undefined>({
  id: 'test',
  name: 'Test',
  filters: ['t/#'],
  qos: 1,
  idPrefixes: [],
  quietAfterMs: 1000,
  initialState: () => 0,
  step(state, topic, payload, receivedAtMs) {
    const text = Buffer.from(payload).toString();
    if (text === 'broken') throw new Error('a fault in the feed');
    if (text === 'bad') return { state, refusal: { reason: 'badShape', detail: 'bad' } };
    if (text === 'block')
      return {
        state,
        values: Array.from({ length: BLOCK }, (_, i): Value => ({
          kind: 'sample',
          deviceId: topic,
          quantity: 'powerKw',
          value: i,
          atMs: receivedAtMs - i,
          quality: 'good',
        })),
      };
    return {
      state: state + 1,
      values: [
        {
          kind: 'sample',
          deviceId: topic,
          quantity: 'powerKw',
          value: state,
          atMs: receivedAtMs - Number(text),
          quality: 'good',
        },
      ],
    };
  },
});

function pipeline(commit: (batch: TelemetryBatch) => Promise<CommitResult>): {
  line: Pipeline;
  values: Value[];
  stats: IntakeStats;
  behind: [boolean, number][];
  /** Whether the present state takes no values. */
  show: { isBroken: boolean };
  say: (payload: string, acknowledge?: () => void, topic?: string) => void;
} {
  const values: Value[] = [];
  const behind: [boolean, number][] = [];
  const show = { isBroken: false };
  const stats = new IntakeStats([feed]);
  const line = new Pipeline({
    feeds: [feed],
    registry,
    series: new SeriesDictionary([]),
    unplaced: new UnplacedDevices(registry),
    store: { commit },
    stats,
    clock: { nowMs: () => NOW },
    isStoreFull: () => false,
    retentionMs: 7 * DAY,
    onValues: (all) => {
      if (show.isBroken) throw new RangeError('Invalid string length');
      values.push(...all);
    },
    onReply: () => undefined,
    onCommit: () => undefined,
    onBehind: (...told) => behind.push(told),
    log: () => undefined,
  });
  const say = (payload: string, acknowledge?: () => void, topic = 't/a'): void =>
    line.deliver({
      topic: topicOf(topic),
      payload: Buffer.from(payload),
      qos: acknowledge === undefined ? 0 : 1,
      isRetained: false,
      ...(acknowledge && { acknowledge }),
    });
  return { line, values, stats, behind, show, say };
}

const done: CommitResult = { insertedByFeed: [1], duplicatesByFeed: [0], correctedByFeed: [0], rejected: 0 };

describe('the pipeline', () => {
  it('takes an empty payload for a retained message that was taken back, without a dead letter', () => {
    const { say, values, stats } = pipeline(() => Promise.resolve(done));
    say('');
    expect(values).toEqual([]);
    expect(stats.totals().refused).toBe(0);
  });

  it('does not take what the broker kept for a value of now, unless it has a time of its own', () => {
    const { line, values } = pipeline(() => Promise.resolve(done));
    for (const payload of ['0', '5000'])
      line.deliver({ topic: topicOf('t/a'), payload: Buffer.from(payload), qos: 0, isRetained: true });
    expect(values.map(({ quality }) => quality)).toEqual(['stale', 'good']);
  });

  it('acknowledges after the commit and not before', async () => {
    const { promise, resolve } = Promise.withResolvers<CommitResult>();
    const { say } = pipeline(() => promise);
    const acknowledge = vi.fn();
    say('0', acknowledge);
    await new Promise((wait) => setTimeout(wait, 50));
    expect(acknowledge).not.toHaveBeenCalled();
    resolve(done);
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledOnce(), 60_000);
  });

  it('counts what it refuses, and does not take it for news of the feed', () => {
    const { say, stats } = pipeline(() => Promise.resolve(done));
    say('bad');
    expect(stats.feedStates(NOW)).toMatchObject([{ received: 1, refused: 1, state: 'unused' }]);
    expect(stats.feedStates(NOW)[0]).not.toHaveProperty('lastAtMs');
    say('0');
    expect(stats.feedStates(NOW + 500)).toMatchObject([{ received: 2, state: 'live', lastAtMs: NOW, dataAtMs: NOW }]);
  });

  it('tries the same rows again when a commit fails, and says so meanwhile', async () => {
    const batches: number[] = [];
    const { line, say, stats } = pipeline((batch) => {
      batches.push(batch.samples.count);
      return batches.length === 1 ? Promise.reject(new Error('disk full')) : Promise.resolve(done);
    });
    const acknowledge = vi.fn();
    say('0', acknowledge);
    await vi.waitFor(() => expect(line.failure).toBe('disk full'), 60_000);
    expect(acknowledge).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledOnce(), 60_000);
    expect(batches).toEqual([1, 1]);
    expect(line.failure).toBeUndefined();
    expect(stats.totals().committed).toBe(1);
  });

  it('keeps what is refused as a dead letter with its reason, and acknowledges it: it would be no better the next time', async () => {
    const batches: TelemetryBatch[] = [];
    const { say, stats } = pipeline((batch) => {
      batches.push(batch);
      return Promise.resolve(done);
    });
    const acknowledge = vi.fn();
    say('bad', acknowledge);
    say('0', acknowledge, 'elsewhere');
    say('broken', acknowledge);
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledTimes(3), 60_000);
    expect(batches.flatMap(({ deadLetters }) => deadLetters).map(({ feed: of, reason }) => [of, reason])).toEqual([
      ['test', 'badShape'],
      ['none', 'noFeed'],
      ['test', 'fault'],
    ]);
    expect(stats.totals().refused).toBe(3);
  });

  it('refuses names that are too long or have control characters, in topics and in values, and shows nothing of them', async () => {
    const batches: TelemetryBatch[] = [];
    const { say, values, show } = pipeline((batch) => {
      batches.push(batch);
      return Promise.resolve(done);
    });
    const acknowledge = vi.fn();
    say('0', acknowledge, `t/${'x'.repeat(60_000)}`);
    say('0', acknowledge, 't/a\u0007b');
    // Each level is short enough, and the id that this feed makes of them is not.
    say('0', acknowledge, `t/${'x'.repeat(150)}/${'y'.repeat(150)}`);
    expect(values).toEqual([]);
    show.isBroken = true;
    say('0', acknowledge);
    show.isBroken = false;
    say('0', acknowledge);
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledTimes(5), 60_000);
    expect(batches.flatMap(({ deadLetters }) => deadLetters).map(({ feed: of, reason }) => [of, reason])).toEqual([
      ['test', 'badTopic'],
      ['test', 'badTopic'],
      ['test', 'badName'],
      ['test', 'fault'],
    ]);
    expect(values).toHaveLength(1);
    expect(batches.flatMap(({ newSeries }) => newSeries).map(({ deviceId }) => deviceId)).toEqual(['t/a']);
  });

  it('gathers what comes during a commit into the next one', async () => {
    const counts: number[] = [];
    const { promise: firstCommit, resolve } = Promise.withResolvers<CommitResult>();
    const { line, say } = pipeline((batch) =>
      counts.push(batch.samples.count) === 1 ? firstCommit : Promise.resolve(done),
    );
    say('0');
    await vi.waitFor(() => expect(counts).toHaveLength(1), 60_000);
    for (let i = 1; i <= 500; i++) say(String(i));
    resolve(done);
    await line.stop();
    expect(counts).toEqual([1, 500]);
  });

  it('commits what came during a commit, whether an acknowledgement waits for it or not', async () => {
    const counts: number[] = [];
    const commits = [Promise.withResolvers<CommitResult>(), Promise.withResolvers<CommitResult>()];
    const { say } = pipeline(
      (batch) => commits[counts.push(batch.samples.count) - 1]?.promise ?? Promise.resolve(done),
    );
    say('0');
    await vi.waitFor(() => expect(counts).toEqual([1]), 60_000);
    say('1');
    say('2');
    commits[0]?.resolve(done);
    await vi.waitFor(() => expect(counts).toEqual([1, 2]), 60_000);
    const acknowledge = vi.fn();
    say('3');
    say('4', acknowledge);
    commits[1]?.resolve(done);
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledOnce(), 60_000);
    expect(counts).toEqual([1, 2, 2]);
  });

  it('marks what is ahead of the clock as suspect, and does not store what is older than the retention', async () => {
    const batches: TelemetryBatch[] = [];
    const { line, values, say } = pipeline((batch) => {
      batches.push(batch);
      return Promise.resolve(done);
    });
    say(String(-10 * 60_000));
    say(String(8 * DAY));
    say('1000');
    await line.stop();
    expect(values.map(({ quality }) => quality)).toEqual(['suspect', 'good', 'good']);
    expect(batches.reduce((sum, { samples }) => sum + samples.count, 0)).toBe(2);
  });

  it('sheds what is QoS 0 when the store is far behind, never QoS 1, and tells when it begins and ends', async () => {
    const { promise, resolve } = Promise.withResolvers<CommitResult>();
    const { line, stats, behind, say } = pipeline(() => promise);
    const acknowledge = vi.fn();
    for (let i = 0; i <= 1000; i++) say('block');
    expect(behind).toEqual([]);
    for (let i = 0; i < 5; i++) say('0');
    for (let i = 0; i < 5; i++) say('0', acknowledge);
    expect(behind).toEqual([[true, 0]]);
    expect(stats.totals().shed).toBe(5);
    expect(line.queued).toBe(1001 * BLOCK + 5);
    resolve(done);
    await vi.waitFor(
      () =>
        expect(behind).toEqual([
          [true, 0],
          [false, 5],
        ]),
      60_000,
    );
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledTimes(5), 60_000);
    say('0');
    expect(stats.totals().shed).toBe(5);
  });

  it('asks for a pause while much waits, and lets go when it is stored', async () => {
    const { promise, resolve } = Promise.withResolvers<CommitResult>();
    const { line, behind, say } = pipeline(() => promise);
    expect(line.room()).toBeUndefined();
    for (let i = 0; i < 200; i++) say('block');
    const room = line.room();
    expect(room).toBeDefined();
    // The pause ends by itself, as the line to the broker must be kept alive, and by then the store is behind.
    await room;
    expect(behind).toEqual([[true, 0]]);
    const next = line.room();
    resolve(done);
    await next;
    await vi.waitFor(() => expect(line.room()).toBeUndefined(), 60_000);
    expect(behind).toEqual([
      [true, 0],
      [false, 0],
    ]);
  });

  it('gives a sample that comes while its old series is deleted a new one, and commits nothing in between', async () => {
    const batches: TelemetryBatch[] = [];
    const { line, say } = pipeline((batch) => {
      batches.push(structuredClone(batch));
      return Promise.resolve(done);
    });
    say('0');
    await vi.waitFor(() => expect(batches).toHaveLength(1), 60_000);
    const asked = Promise.withResolvers<{ rows: TelemetryBatch['newSeries']; next: undefined }>();
    const removed: number[] = [];
    const removal = line.removeIdleSeries(
      { idleSeries: () => asked.promise, removeSeries: (ids) => Promise.resolve(void removed.push(...ids)) },
      NOW,
    );
    const acknowledge = vi.fn();
    say('0', acknowledge);
    await new Promise((wait) => setTimeout(wait, 60));
    expect(batches).toHaveLength(1);
    asked.resolve({ rows: batches[0]!.newSeries, next: undefined });
    expect(await removal).toBe(1);
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledOnce(), 60_000);
    expect(removed).toEqual([batches[0]!.newSeries[0]!.id]);
    expect(batches[1]!.newSeries).toMatchObject([{ deviceId: 't/a' }]);
    expect(batches[1]!.samples.seriesId[0]).toBe(batches[1]!.newSeries[0]!.id);
    expect(removed).not.toContain(batches[1]!.newSeries[0]!.id);
  });
});
