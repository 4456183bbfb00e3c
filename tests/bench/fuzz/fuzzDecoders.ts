import { createDomains } from '../../../main/engine/domains/createDomains.ts';
import type { AnyFeed } from '../../../main/engine/ingest/anyFeed.ts';
import { feeds } from '../../../main/engine/ingest/feeds/feedList.ts';
import { PublishParser } from '../../../main/engine/ingest/PublishParser.ts';
import { TopicRouter } from '../../../main/engine/ingest/TopicRouter.ts';
import { topicOf, TopicTable } from '../../../main/engine/ingest/TopicTable.ts';
import { UnplacedDevices } from '../../../main/engine/ingest/UnplacedDevices.ts';
import { createRegistry } from '../../../main/engine/registry/createRegistry.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import type { Mutator } from './Mutator.ts';
import type { SeedMessage } from './seedMessages.ts';
import { fuzzFeeds } from './seedMessages.ts';
import type { Tally } from './Tally.ts';
import { usedHeapMb } from './Tally.ts';

/** The documentation's examples are of about this time. */
const NOW_MS = 1_780_315_200_000;
const STEP_MS = 20;
const JUDGE_EVERY = 1000;

type Steps = { feed: AnyFeed; seeds: SeedMessage[] }[];

/** Invalid topics are rarer than invalid payloads, because no feed would accept most of them. */
const mutatedTopic = (mutator: Mutator, topic: string): string =>
  mutator.below(10) === 0 ? mutator.mutate(Buffer.from(topic), Buffer.from('beacon/v1/#')).toString('utf8') : topic;

/** More topics than the smallest table of topics can hold. */
const MADE_UP_TOPICS = 200_000;

/**
 * Returns the growth of the heap, in MB, between a full table of topics and the same table after as many other topics,
 * as from a sender who makes up new names for ever.
 */
export function topicGrowth(): number {
  const topics = new TopicTable(0);
  const turn = (from: number): void => {
    for (let n = from; n < from + MADE_UP_TOPICS; n++) {
      const name = Buffer.from(`beacon/v1/traffic/made-up-${n}`);
      topics.find(name, 0, name.length);
    }
  };
  turn(0);
  const beforeMb = usedHeapMb();
  turn(MADE_UP_TOPICS);
  const grownMb = usedHeapMb() - beforeMb;
  // The table is used once more, so that it is still in memory when the heap is measured.
  topics.find(Buffer.from('beacon'), 0, 6);
  return grownMb;
}

/**
 * Sends one invalid message after another into every feed in turn, and its values into the domains and into
 * `UnplacedDevices`.
 */
export function decoderFuzzer(mutator: Mutator, seeds: readonly SeedMessage[], tally: Tally): () => void {
  const county = smallCounty({ feeds: fuzzFeeds });
  const registry = createRegistry(county);
  const domains = createDomains(county, registry, (id, error) => {
    throw new Error(`The domain ${id} threw.`, { cause: error });
  });
  const unplaced = new UnplacedDevices(registry);
  const router = new TopicRouter(feeds, registry);
  const states = feeds.map((feed) => feed.initialState());
  const taken: Steps = feeds.map((feed, index) => ({
    feed,
    seeds: seeds.filter(({ topic }) => router.route(topicOf(topic)).feed === index),
  }));
  let nowMs = NOW_MS;
  const step = (index: number, topic: string, payload: Buffer): boolean => {
    const feed = feeds[index];
    if (feed === undefined) return false;
    const result = feed.step(states[index], topic, payload, nowMs, registry);
    states[index] = result.state;
    if ('refusal' in result) return false;
    for (const value of unplaced.admit(result.values, feed.id, nowMs)) domains.apply(value, nowMs);
    return true;
  };
  return () => {
    const { feed, seeds: own } = taken[tally.inputs % taken.length] ?? { feed: undefined, seeds: [] };
    // A feed without an example on this machine takes the examples of the others, on a topic of its own.
    const seed = mutator.pick(own.length > 0 ? own : seeds);
    const topic =
      own.length > 0 ? mutatedTopic(mutator, seed.topic) : (feed?.filters[0] ?? '').replaceAll(/[+#]/g, 'x');
    const payload = mutator.mutate(seed.payload, mutator.pick(seeds).payload);
    nowMs += STEP_MS;
    tally.run(feed?.id ?? 'no feed', payload, () => {
      if (tally.inputs % JUDGE_EVERY === 0) domains.judge(nowMs);
      return step(router.route(topicOf(topic)).feed, topic, payload);
    });
  };
}

const packet = ({ topic, payload }: SeedMessage): Buffer => {
  const name = Buffer.from(topic);
  const rest = 2 + name.length + payload.length;
  const length =
    rest < 128
      ? [rest]
      : rest < 16_384
        ? [(rest & 127) | 128, rest >> 7]
        : [(rest & 127) | 128, ((rest >> 7) & 127) | 128, rest >> 14];
  return Buffer.concat([Buffer.from([0x30, ...length, name.length >> 8, name.length & 255]), name, payload]);
};

/**
 * Sends one invalid stream of packets after another, in pieces, into the parser of the broker's connection. A stream
 * counts as accepted if a message came out of it.
 */
export function packetFuzzer(mutator: Mutator, seeds: readonly SeedMessage[], tally: Tally): () => void {
  const packets = seeds.map(packet);
  const topics = new TopicTable(0);
  return () => {
    const stream = mutator.mutate(Buffer.concat([mutator.pick(packets), mutator.pick(packets)]), mutator.pick(packets));
    tally.run('the line to the broker', stream, () => {
      let messages = 0;
      const parser = new PublishParser(
        mutator.below(2) === 0 ? 4 : 5,
        topics,
        () => messages++,
        () => undefined,
      );
      for (let at = 0, length = 0; at < stream.length; at += length) {
        length = 1 + mutator.below(stream.length);
        parser.push(stream.subarray(at, at + length));
      }
      return messages > 0;
    });
  };
}
