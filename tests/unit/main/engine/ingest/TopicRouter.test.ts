import { describe, expect, it } from 'vitest';
import { matchesFilter, TopicRouter } from '../../../../../main/engine/ingest/TopicRouter.ts';

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
    const router = new TopicRouter([{ filters: ['a/b'] }, { filters: ['x/#', 'a/#'] }]);
    expect([router.route('a/b'), router.route('a/c'), router.route('q'), router.route('a/b')]).toEqual([0, 1, -1, 0]);
  });
});
