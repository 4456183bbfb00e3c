import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopicTable } from '../../../../../main/engine/ingest/TopicTable.ts';
import type { Topic } from '../../../../../main/engine/ingest/TopicTable.ts';

const find = (table: TopicTable, name: string): Topic => {
  // Among other bytes, as in a packet.
  const bytes = Buffer.from(`..${name}..`);
  return table.find(bytes, 2, bytes.length - 2);
};

const name = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ maxLength: 300, unit: 'binary' }),
  fc.nat(300).map((length) => 'x'.repeat(length)),
);

describe('topics by their bytes', () => {
  it('are what the bytes spell, whatever came before', () => {
    const table = new TopicTable(0);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), (names) => {
        expect(names.map((each) => find(table, each).name)).toEqual(names.map((each) => each.toWellFormed()));
      }),
      { numRuns: 300 },
    );
  });

  it('are the same object again, with what was found out', () => {
    const table = new TopicTable(0);
    const topics = Array.from({ length: 20_000 }, (_, place) => find(table, `beacon/v1/meter/E${String(place)}`));
    for (const [place, topic] of topics.entries()) topic.route = { feed: place, place: undefined };
    const again = topics.filter((topic) => find(table, topic.name) === topic);
    // A few neighbourhoods may be full.
    expect(again.length).toBeGreaterThan(0.999 * topics.length);
  });

  it('bytes that are no text are never taken for one that is', () => {
    const table = new TopicTable(0);
    const text = find(table, 'a/é');
    const latin = Buffer.from('a/é', 'latin1');
    expect(table.find(latin, 0, latin.length).name).toBe('a/\u{FFFD}');
    expect(table.find(latin, 0, latin.length).name).not.toBe(text.name);
  });

  it('keep no more of a flood than they have room for', () => {
    const table = new TopicTable(0);
    const kept = find(table, 'beacon/v1/meter/E1');
    const names = Array.from({ length: 300_000 }, (_, place) => `flood/${String(place)}`);
    for (const each of names) find(table, each).route = { feed: -1, place: undefined };
    const survivors = names.filter((each) => find(table, each).route !== undefined);
    expect(survivors.length).toBeLessThanOrEqual(65_536);
    expect(find(table, 'beacon/v1/meter/E1').name).toBe(kept.name);
  });
});
