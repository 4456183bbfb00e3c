import { describe, expect, it } from 'vitest';
import { awaitedText, freshnessOfFeeds, freshnessOfFigures } from '../../../../renderer/client/freshness.ts';
import type { Vitals } from '../../../../renderer/client/mergeStream.ts';

const NOW = Date.UTC(2026, 10, 23, 14);
type Feed = Vitals['feeds'][number];
const feed = (name: string, part: Partial<Feed>): Feed => ({
  id: name,
  name,
  received: 1,
  refused: 0,
  perSecond: 1,
  state: 'live',
  isSteady: true,
  isExpected: true,
  lastAtMs: NOW,
  dataAtMs: NOW,
  ...part,
});
const broker = { state: 'connected', url: 'mqtt://broker', sinceMs: NOW - 3_600_000 } as const;

describe('freshnessOfFeeds', () => {
  it('is that of the oldest steady feed, not of the newest one', () => {
    const feeds = [
      feed('Meters', {}),
      feed('Vehicles', { state: 'quiet', dataAtMs: NOW - 600_000 }),
      feed('Reports', { isSteady: false, dataAtMs: NOW - 86_400_000 }),
    ];
    expect(freshnessOfFeeds({ feeds, broker })).toEqual({
      oldestAtMs: NOW - 600_000,
      silent: ['Vehicles'],
      awaited: [],
    });
  });

  it('is that of a retained value, however lately it was received', () => {
    const feeds = [feed('Zones', { dataAtMs: NOW - 3 * 86_400_000 })];
    expect(freshnessOfFeeds({ feeds, broker }).oldestAtMs).toBe(NOW - 3 * 86_400_000);
  });

  it('goes back to the loss of the broker where only feeds without a steady stream were heard', () => {
    const feeds = [feed('Reports', { isSteady: false })];
    const lost = { ...broker, state: 'lost', sinceMs: NOW - 90_000 } as const;
    expect(freshnessOfFeeds({ feeds, broker: lost }).oldestAtMs).toBe(NOW - 90_000);
  });

  it('is unknown before anything was heard, and names what the county expects', () => {
    const unused = { state: 'unused', received: 0, lastAtMs: undefined, dataAtMs: undefined };
    const { lastAtMs: _, dataAtMs: __, ...never } = { ...feed('Meters', {}), ...unused } as Feed;
    const freshness = freshnessOfFeeds({ feeds: [never, { ...never, name: 'HFP', isExpected: false }], broker });
    expect(freshness).toEqual({ oldestAtMs: undefined, silent: [], awaited: ['Meters'] });
    expect(awaitedText(freshness)).toBe('Beacon waits for the first data of Meters.');
    expect(awaitedText({ ...freshness, awaited: [] })).toBe('Beacon waits for the first message of any feed.');
  });
});

it('figures are as old as the oldest of their sources', () => {
  const sources = [
    { feed: 'a', name: 'Meters', atMs: NOW - 1000, isSilent: false },
    { feed: 'b', name: 'Zones', atMs: NOW - 400_000, isSilent: true },
    { feed: 'c', name: 'Vehicles', isSilent: false },
  ];
  expect(freshnessOfFigures([{ sources }])).toEqual({
    oldestAtMs: NOW - 400_000,
    silent: ['Zones'],
    awaited: ['Vehicles'],
  });
});
