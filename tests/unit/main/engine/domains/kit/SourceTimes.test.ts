import { expect, it } from 'vitest';
import { joinSources, SourceTimes } from '../../../../../../main/engine/domains/kit/SourceTimes.ts';

const meters = { id: 'meters', name: 'Meters', quietAfterMs: 60_000 };
const zones = { id: 'zones', name: 'Zones', quietAfterMs: 60_000 };
const NOW = Date.UTC(2026, 10, 23);

it('keeps the time of the newest value of each feed, and says which one has fallen silent', () => {
  const sources = new SourceTimes();
  const [first, second] = [sources.add(meters), sources.add(zones)];
  expect(sources.at(NOW).map(({ atMs, isSilent }) => [atMs, isSilent])).toEqual([
    [undefined, false],
    [undefined, false],
  ]);
  sources.note(first, NOW - 200_000, NOW - 90_000);
  sources.note(second, NOW - 5000, NOW - 5000);
  sources.note(second, NOW - 8000, NOW - 4000);
  expect(sources.at(NOW)).toEqual([
    { feed: 'meters', name: 'Meters', atMs: NOW - 200_000, isSilent: true },
    { feed: 'zones', name: 'Zones', atMs: NOW - 5000, isSilent: false },
  ]);
  expect(sources.add(meters)).toBe(first);
});

it('is as old as it is after a clock that was ahead is set back', () => {
  const sources = new SourceTimes();
  sources.note(sources.add(meters), NOW + 3_600_000, NOW + 3_600_000);
  expect(sources.at(NOW)).toMatchObject([{ atMs: NOW, isSilent: false }]);
  expect(sources.at(NOW + 61_000)).toMatchObject([{ atMs: NOW, isSilent: true }]);
});

it('joins the kinds of device of one feed to the older one', () => {
  const joined = joinSources(
    [{ feed: 'meters', name: 'Meters', atMs: NOW, isSilent: false }],
    [
      { feed: 'meters', name: 'Meters', atMs: NOW - 1000, isSilent: true },
      { feed: 'zones', name: 'Zones', isSilent: false },
    ],
  );
  expect(joined).toEqual([
    { feed: 'meters', name: 'Meters', atMs: NOW - 1000, isSilent: true },
    { feed: 'zones', name: 'Zones', isSilent: false },
  ]);
});
