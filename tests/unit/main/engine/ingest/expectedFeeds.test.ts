import { expect, it } from 'vitest';
import { expectedFeeds } from '../../../../../main/engine/ingest/expectedFeeds.ts';
import { anyFeed } from '../../../../../main/engine/ingest/anyFeed.ts';
import { beaconMeters } from '../../../../../main/engine/ingest/feeds/beaconMeters.ts';
import { hfp } from '../../../../../main/engine/ingest/feeds/hfp.ts';
import { IntakeStats } from '../../../../../main/engine/ingest/IntakeStats.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

it('are those for which the registers have devices', () => {
  const county = smallCounty();
  const expected = expectedFeeds(county);
  expect(expected.has('beacon-traffic')).toBe(county.detectors.length > 0);
  expect(expected.has('beacon-meters')).toBe(county.meters.length > 0);
  expect(expected.has('hfp')).toBe(false);
  const stations = { digitraffic: { stations: [{ id: 7, name: 'A', lon: 0, lat: 0 }], sensors: [] } };
  expect([...expectedFeeds({ detectors: [], meters: [], units: [], feeds: stations })]).toEqual(['digitraffic']);
  expect(expectedFeeds({ detectors: [], meters: [], units: [], feeds: {} }).size).toBe(0);
});

it('are awaited five minutes after the start, and no longer once something came', () => {
  let monotonicMs = 0;
  const stats = new IntakeStats([anyFeed(beaconMeters), anyFeed(hfp)], new Set(['beacon-meters']), () => monotonicMs);
  const states = (): string[] => stats.feedStates(1000).map(({ state }) => state);
  expect(states()).toEqual(['unused', 'unused']);
  monotonicMs = 300_000;
  expect(states()).toEqual(['awaited', 'unused']);
  stats.received(0, 1000);
  expect(states()).toEqual(['live', 'unused']);
});
