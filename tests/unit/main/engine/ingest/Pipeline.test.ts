import { describe, expect, it, vi } from 'vitest';
import { SeriesDictionary } from '../../../../../main/engine/ingest/BatchBuilder.ts';
import { IntakeStats } from '../../../../../main/engine/ingest/IntakeStats.ts';
import { Pipeline } from '../../../../../main/engine/ingest/Pipeline.ts';
import { anyFeed } from '../../../../../main/engine/ingest/anyFeed.ts';
import type { Registry } from '../../../../../main/engine/ingest/feed.ts';
import type { CommitResult, TelemetryBatch } from '../../../../../main/engine/store/store.ts';
import type { Value } from '../../../../../shared/values.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
const DAY = 86_400_000;

/** Takes `<age in ms>` as the payload; `bad` is refused, `broken` makes it fail. */
const feed = anyFeed<number>({
  id: 'test', name: 'Test', filters: ['t/#'], qos: 1, quietAfterMs: 1000, initialState: () => 0,
  step(state, topic, payload, receivedAtMs) {
    const text = Buffer.from(payload).toString();
    if (text === 'broken') throw new Error('a fault in the feed');
    if (text === 'bad') return { state, refusal: { reason: 'badShape', detail: 'bad' } };
    return { state: state + 1, values: [{ kind: 'sample', deviceId: topic, quantity: 'powerKw', value: state, atMs: receivedAtMs - Number(text), quality: 'good' }] };
  },
});

function pipeline(commit: (batch: TelemetryBatch) => Promise<CommitResult>): { line: Pipeline; values: Value[]; stats: IntakeStats; say: (payload: string, acknowledge?: () => void, topic?: string) => void } {
  const values: Value[] = [];
  const stats = new IntakeStats([feed]);
  const line = new Pipeline({
    feeds: [feed], registry: {} as Registry, series: new SeriesDictionary([]), store: { commit }, stats, clock: { nowMs: () => NOW }, isStoreFull: () => false, retentionMs: 7 * DAY,
    onValue: (value) => values.push(value), onReply: () => undefined, onCommit: () => undefined, log: () => undefined,
  });
  const say = (payload: string, acknowledge?: () => void, topic = 't/a'): void => line.deliver({ topic, payload: Buffer.from(payload), qos: acknowledge === undefined ? 0 : 1, isRetained: false, ...(acknowledge && { acknowledge }) });
  return { line, values, stats, say };
}

const done: CommitResult = { insertedByFeed: [1], duplicatesByFeed: [0], correctedByFeed: [0], rejected: 0, commitMs: 1 };

describe('the pipeline', () => {
  it('acknowledges after the commit and not before', async () => {
    const { promise, resolve } = Promise.withResolvers<CommitResult>();
    const { say } = pipeline(() => promise);
    const acknowledge = vi.fn();
    say('0', acknowledge);
    await new Promise((wait) => setTimeout(wait, 50));
    expect(acknowledge).not.toHaveBeenCalled();
    resolve(done);
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledOnce());
  });

  it('tries the same rows again when a commit fails, and says so meanwhile', async () => {
    const batches: number[] = [];
    const { line, say, stats } = pipeline((batch) => {
      batches.push(batch.samples.count);
      return batches.length === 1 ? Promise.reject(new Error('disk full')) : Promise.resolve(done);
    });
    const acknowledge = vi.fn();
    say('0', acknowledge);
    await vi.waitFor(() => expect(line.failure).toBe('disk full'));
    expect(acknowledge).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledOnce(), 5000);
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
    await vi.waitFor(() => expect(acknowledge).toHaveBeenCalledTimes(3));
    expect(batches.flatMap(({ deadLetters }) => deadLetters).map(({ feed: of, reason }) => [of, reason])).toEqual([['test', 'badShape'], ['none', 'noFeed'], ['test', 'fault']]);
    expect(stats.totals().refused).toBe(3);
  });

  it('gathers what comes during a commit into the next one', async () => {
    const counts: number[] = [];
    const { line, say } = pipeline(async (batch) => {
      counts.push(batch.samples.count);
      await new Promise((wait) => setTimeout(wait, 30));
      return done;
    });
    say('0');
    await vi.waitFor(() => expect(counts).toHaveLength(1));
    for (let i = 1; i <= 500; i++) say(String(i));
    await line.stop();
    expect(counts).toEqual([1, 500]);
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
});
