import { expect, it } from 'vitest';
import { expectFeeds } from '../../../../../main/engine/ingest/expectFeeds.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

const none = (): boolean => false;

it('expects the feeds of the devices in the files of the county', () => {
  const county = smallCounty();
  const expected = expectFeeds({ ...county, detectors: [], meters: county.meters.slice(0, 1), zones: [], units: [] });
  expect(expected('beacon-meters', none)).toBe(true);
  expect(expected('beacon-traffic', none)).toBe(false);
  expect(expected('rtlamr', none)).toBe(false);
});

it('expects one feed of vehicles for a timetable, whichever it is', () => {
  const timetable = { routes: new Map(), stops: new Map(), trips: new Map() };
  const expected = expectFeeds({ detectors: [], meters: [], zones: [], units: [], timetable } as never);
  expect(expected('beacon-vehicles', none)).toBe(true);
  expect(expected('hfp', none)).toBe(false);
  const hears = (feed: string): boolean => feed === 'hfp';
  expect(expected('beacon-vehicles', hears)).toBe(false);
  expect(expected('hfp', hears)).toBe(true);
});
