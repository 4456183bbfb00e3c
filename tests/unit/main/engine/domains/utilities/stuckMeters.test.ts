import { describe, expect, it } from 'vitest';
import { createUtilitiesDomain } from '../../../../../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import { DAY_MS, HOUR_MS } from '../../../../../../shared/base/durations.ts';
import { makeCounty, makeMeters, makeZone, sampleOf } from '../../../../../support/makeCounty.ts';

const END_MS = Date.UTC(2026, 4, 6, 12);

/** What is to be done after days of hourly reads, m³: some with use, and then some without. */
function work(usedDays: number, stillDays: number, perHour = 0.012): unknown[] {
  const { county } = makeCounty({ zones: [makeZone('West', 'dma', 1)], meters: makeMeters(1, 'water', 'West') });
  const domain = createUtilitiesDomain(county);
  const hours = (usedDays + stillDays) * 24;
  for (let hour = 0; hour <= hours; hour++) {
    const atMs = END_MS - (hours - hour) * HOUR_MS;
    // Nobody draws water at night.
    const used = Math.min(hour, usedDays * 24);
    const value = 100 + perHour * (used - 6 * Math.floor(used / 24));
    domain.apply(sampleOf('West-0', 'registerM3', Number(value.toFixed(3)), atMs), atMs);
    domain.judge(atMs);
  }
  domain.judge(END_MS);
  return (domain.workItems?.() ?? []).map(({ title, reason, sinceMs }) => [title, reason, sinceMs]);
}

it.each([24, 38])(
  'a solar home whose register stood still from hour %d on and then feeds in has not run backwards',
  (from) => {
    const { county } = makeCounty({ zones: [makeZone('F', 'feeder', 1)], meters: makeMeters(1, 'electricity', 'F') });
    const domain = createUtilitiesDomain(county);
    let value = 500;
    for (let hour = 0; hour <= 96; hour++) {
      const atMs = END_MS + hour * HOUR_MS;
      const isNoon = hour % 24 >= 10 && hour % 24 < 16;
      // On the second day nothing is drawn or fed in, as in an outage.
      value += hour >= from && hour < 60 ? 0 : isNoon ? -3 : 0.5;
      const [read = sampleOf('F-0', 'registerKwh', value, atMs)] =
        domain.review?.([sampleOf('F-0', 'registerKwh', value, atMs)]) ?? [];
      domain.apply(read, atMs);
      domain.judge(atMs);
      expect(domain.workItems?.().filter(({ reason }) => reason.includes('backwards'))).toEqual([]);
    }
  },
);

describe('a water meter that has stood still', () => {
  it('for more than a week after days of use is stuck since it last moved', () => {
    expect(work(5, 8)).toEqual([
      ['West-0', 'Register stands still although the customer consumes', END_MS - 8 * DAY_MS],
    ]);
  });

  it.each([
    ['for six days is not stuck', 5, 6, 0.012],
    ['for eight days after hardly any use is not stuck', 5, 8, 0.002],
  ])('%s', (_, usedDays, stillDays, perHour) => {
    expect(work(usedDays, stillDays, perHour)).toEqual([]);
  });
});
