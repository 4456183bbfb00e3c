import { expect, it } from 'vitest';
import { forecastOf } from '../../../../../../main/engine/domains/utilities/forecastOf.ts';
import { UtilitiesState } from '../../../../../../main/engine/domains/utilities/UtilitiesState.ts';
import { createUtilitiesDomain } from '../../../../../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import { createLocalTime } from '../../../../../../shared/base/localTime.ts';
import { makeCounty, makeZone, sampleOf } from '../../../../../support/makeCounty.ts';

const QUARTER_MS = 900_000;
const HOUR_MS = 4 * QUARTER_MS;
const DAY_MS = 24 * HOUR_MS;
/** A Wednesday, 12:30. */
const NOW_MS = Date.UTC(2026, 4, 6, 12, 30);
const { county } = makeCounty({ zones: [makeZone('West', 'dma', 10), makeZone('F07', 'feeder', 20)] });
const time = createLocalTime(county.profile.timeZone);

/** The load of each hour of the day is 100 kW and as many kW as the hour in UTC. */
const usual = (atMs: number): number => 100 + Math.floor((atMs % DAY_MS) / HOUR_MS);

function taught(days: number): UtilitiesState {
  const state = new UtilitiesState(county);
  for (let atMs = NOW_MS - days * DAY_MS; atMs < NOW_MS; atMs += QUARTER_MS)
    state.apply(sampleOf('F07', 'powerKw', usual(atMs), atMs), NOW_MS);
  return state;
}

it('forecasts the load of a feeder for two days from the present hour on', () => {
  const { atMs = [], value = [], low = [], high = [] } = forecastOf(taught(10), time, 'F07', NOW_MS) ?? {};
  expect(atMs).toHaveLength(48);
  expect(atMs[0]).toBe(Date.UTC(2026, 4, 6, 12));
  expect(atMs[47]).toBe(Date.UTC(2026, 4, 8, 11));
  for (const [hour, beginMs] of atMs.entries()) {
    expect(value[hour]).toBeCloseTo(usual(beginMs), 1);
    expect(low[hour]).toBeLessThanOrEqual(value[hour] ?? 0);
    expect(high[hour]).toBeGreaterThanOrEqual(value[hour] ?? 0);
  }
});

it('forecasts nothing of what has too little history or is not known, and says of which charts there is one', () => {
  expect(forecastOf(taught(2), time, 'F07', NOW_MS)?.atMs).toEqual([]);
  expect(forecastOf(taught(10), time, 'West', NOW_MS)?.atMs).toEqual([]);
  expect(forecastOf(taught(10), time, 'elsewhere', NOW_MS)).toBeUndefined();
  const detail = createUtilitiesDomain(county).detail({ kind: 'feeder', id: 'F07' }, NOW_MS);
  expect(detail?.series.map(({ quantity, hasForecast }) => [quantity, hasForecast])).toEqual([
    ['powerKw', true],
    ['voltageV', undefined],
  ]);
});
