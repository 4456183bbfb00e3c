import { describe, expect, it } from 'vitest';
import { DomainSet } from '../../../../../../main/engine/domains/DomainSet.ts';
import { learn } from '../../../../../../main/engine/domains/learn.ts';
import { createUtilitiesDomain } from '../../../../../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import type { History } from '../../../../../../main/engine/store/store.ts';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../../../shared/base/durations.ts';
import { qualityCode } from '../../../../../../shared/base/quality.ts';
import type { Quality } from '../../../../../../shared/base/quality.ts';
import type { Quantity } from '../../../../../../shared/base/quantities.ts';
import type { Meter } from '../../../../../../shared/county/county.ts';
import { frameOf } from '../../../../../support/frameOf.ts';
import { makeCounty, makeMeters, makeZone, sampleOf } from '../../../../../support/makeCounty.ts';

/** A Wednesday, 12:00. */
const START_MS = Date.UTC(2026, 4, 6, 12);

type Stored = { atMs: number; value: number; quality?: Quality };

/** A store with one series, which is thinned as by the real one: the newest sample of each step. */
const storeOf = (stored: readonly Stored[]): Pick<History, 'steps'> => ({
  steps: (_, fromMs, toMs, stepMs) => {
    const newest = new Map(
      stored.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).map((each) => [Math.floor(each.atMs / stepMs), each]),
    );
    const rows = [...newest.values()];
    return Promise.resolve({
      count: rows.length,
      seriesId: new Uint32Array(rows.length).fill(1),
      atMs: Float64Array.from(rows, ({ atMs }) => atMs),
      value: Float64Array.from(rows, ({ value }) => value),
      quality: Uint8Array.from(rows, ({ quality = 'good' }) => qualityCode[quality]),
      feed: new Uint8Array(rows.length),
    });
  },
});

/** The domain after a start at which the store had this of one device. */
async function started(deviceId: string, quantity: Quantity, stored: readonly Stored[], meter: Partial<Meter> = {}) {
  const { county, registry } = makeCounty({
    zones: [makeZone('West', 'dma', 1)],
    meters: makeMeters(1, 'water', 'West').map((each) => ({ ...each, ...meter })),
  });
  const domain = createUtilitiesDomain(county);
  const series = [{ id: 1, deviceId, quantity }];
  await learn(storeOf(stored), series, registry, new DomainSet([domain]), () => START_MS);
  return domain;
}

/** What the store has by a step from so many days ago on, oldest first. */
const since = (days: number, stepMs: number, valueAt: (atMs: number) => number): Stored[] =>
  Array.from({ length: (days * DAY_MS) / stepMs }, (_, at) => {
    const atMs = START_MS - days * DAY_MS + at * stepMs;
    return { atMs, value: valueAt(atMs) };
  });

describe('what is learned at a start', () => {
  it('has all days that the usual inflow is made of', async () => {
    const beforeLastWeek = since(13, 15 * MINUTE_MS, () => 40).filter(({ atMs }) => atMs < START_MS - 8 * DAY_MS);
    const domain = await started('West', 'flowM3h', beforeLastWeek);
    expect(frameOf(domain, 'zones', START_MS).typical[0]).toBe(40);
  });

  it.each([
    ['multiFamily', 350],
    ['industrial', 400],
  ] as const)('has all hours that make a leak of a %s customer', async (customerClass, litersPerHour) => {
    const reads = since(5, HOUR_MS, (atMs) => 1000 + ((atMs - START_MS) / HOUR_MS) * (litersPerHour / 1000));
    const domain = await started('West-0', 'registerM3', reads, { customerClass });
    domain.apply(sampleOf('West-0', 'registerM3', 1000, START_MS), START_MS);
    domain.judge(START_MS);
    expect(domain.workItems?.()).toMatchObject([{ title: 'West-0', task: 'Tell the customer.' }]);
  });

  it('has the use before a water meter stood still', async () => {
    const reads = since(20, HOUR_MS, (atMs) => Math.min(0, (atMs - START_MS) / DAY_MS + 8) * 0.24 + 100);
    const domain = await started('West-0', 'registerM3', reads);
    domain.apply(sampleOf('West-0', 'registerM3', 100, START_MS), START_MS);
    domain.judge(START_MS);
    expect(domain.workItems?.()).toMatchObject([
      { title: 'West-0', reason: 'Register stands still although the customer consumes' },
    ]);
  });

  it('compares the next read of a register with an actual one, and with no estimate', async () => {
    const reads = since(1, HOUR_MS, (atMs) => 100 + (atMs - START_MS) / DAY_MS);
    const estimate: Stored = { atMs: START_MS - HOUR_MS / 2, value: 103, quality: 'estimated' };
    const domain = await started('West-0', 'registerM3', [...reads, estimate]);
    const read = (value: number) => domain.review?.([sampleOf('West-0', 'registerM3', value, START_MS)]);
    expect(read(99)).toMatchObject([{ value: 99, quality: 'suspect' }]);
    expect(read(100.1)).toMatchObject([{ value: 100.1, quality: 'good' }]);
  });
});
