import { describe, expect, it } from 'vitest';
import { matchesFilter, TopicRouter } from '../../../../../main/engine/ingest/TopicRouter.ts';
import { topicOf } from '../../../../../main/engine/ingest/TopicTable.ts';
import { createRegistry } from '../../../../../main/engine/registry/createRegistry.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

const registry = createRegistry(smallCounty());

describe('topic filters', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/b/c', false],
    ['a/+', 'a/b', true],
    ['a/+', 'a', false],
    ['a/+/c', 'a//c', true],
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['/hfp/v2/#', '/hfp/v2/journey/ongoing', true],
    ['+/b', '/b', true],
    ['#', '$SYS/broker', false],
    ['+/broker', '$SYS/broker', false],
    ['$SYS/#', '$SYS/broker', true],
  ])('%s and %s: %s', (filter, topic, expected) => {
    expect(matchesFilter(filter, topic)).toBe(expected);
  });

  it('take the first feed of the list that matches, and none where none does', () => {
    const router = new TopicRouter([{ filters: ['a/b'] }, { filters: ['x/#', 'a/#'] }], registry);
    expect(['a/b', 'a/c', 'a', 'q', 'a/b'].map((name) => router.route(topicOf(name)).feed)).toEqual([0, 1, 1, -1, 0]);
  });

  it('are asked once a topic, and so is the feed for what the topic says', () => {
    const asked: string[] = [];
    const router = new TopicRouter([{ filters: ['a/+'], placeOf: (name) => asked.push(name) }], registry);
    const topic = topicOf('a/b');
    expect([router.route(topic), router.route(topic)]).toEqual([
      { feed: 0, place: 1 },
      { feed: 0, place: 1 },
    ]);
    expect(asked).toEqual(['a/b']);
  });
});
