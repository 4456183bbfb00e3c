import { describe, expect, it } from 'vitest';
import type { Domain } from '../../../../../../main/engine/domains/kit/Domain.ts';
import { createUtilitiesDomain } from '../../../../../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import type { WorkItem } from '../../../../../../shared/contract/historyRequests.ts';
import { makeCounty, makeZone, sampleOf, seededRandom } from '../../../../../support/makeCounty.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
/** A Wednesday, 12:00. */
const NOON_MS = Date.UTC(2026, 4, 6, 12);
const DAYS = 10;

/** A water zone and a feeder with ten usual days behind them. */
class Town {
  readonly domain: Domain;
  nowMs = NOON_MS;
  readonly #random = seededRandom(11);

  constructor() {
    const { county } = makeCounty({ zones: [makeZone('West', 'dma', 10), makeZone('F07', 'feeder', 20)] });
    this.domain = createUtilitiesDomain(county);
    for (let atMs = NOON_MS - DAYS * DAY_MS; atMs < NOON_MS; atMs += QUARTER_MS) this.values(1, 1, atMs);
  }

  /** Values by the time of day, as multiples of what is usual. */
  values(ofLoad = 1, ofPressure = 1, atMs = this.nowMs): void {
    const swing = Math.sin((2 * Math.PI * (atMs % DAY_MS)) / DAY_MS);
    const near = (value: number): number => value * (1 + 0.02 * this.#random());
    this.domain.apply(sampleOf('F07', 'powerKw', near(ofLoad * (800 + 200 * swing)), atMs), this.nowMs);
    this.domain.apply(sampleOf('West', 'flowM3h', near(40 + 10 * swing), atMs), this.nowMs);
    this.domain.apply(sampleOf('West', 'pressureKpa', near(ofPressure * 400), atMs), this.nowMs);
  }

  minutes(count: number, ofLoad = 1, ofPressure = 1): WorkItem[] {
    for (let minute = 0; minute < count; minute++) {
      this.nowMs += MINUTE_MS;
      this.values(ofLoad, ofPressure);
      this.domain.judge(this.nowMs);
    }
    return this.domain.workItems?.() ?? [];
  }

  facts(id: string): { label: string; text: string }[] {
    return this.domain.detail({ kind: 'feeder', id }, this.nowMs)?.facts ?? [];
  }
}

describe('what is unusual about a zone or feeder', () => {
  it('is no work while everything is as usual', () => {
    expect(new Town().minutes(120)).toEqual([]);
  });

  it('is work that says what was expected, its band, its score, and since when', () => {
    const town = new Town();
    town.minutes(60);
    const fromMs = town.nowMs;
    const [item, ...others] = town.minutes(33, 1.8);
    expect(others).toEqual([]);
    expect(item).toMatchObject({ subject: { kind: 'feeder', id: 'F07' }, sinceMs: fromMs });
    expect(item?.reason).toMatch(/^Load .+: 1[2-6]\d\d kW, expected \d+ kW \(\d+ kW to \d+ kW\); score 0\.[6-9]\d$/);
    expect(town.facts('F07')).toContainEqual(expect.objectContaining({ label: 'Unusual', text: item?.reason }));
    expect(town.minutes(240)).toEqual([]);
    expect(town.facts('F07').some(({ label }) => label === 'Unusual')).toBe(false);
  });

  it('is found again after a restart, from the stored history', () => {
    const [before, after] = [new Town(), new Town()];
    const [item] = before.minutes(45, 1.8);
    after.nowMs = before.nowMs + MINUTE_MS;
    for (let atMs = NOON_MS; atMs < before.nowMs; atMs += QUARTER_MS) after.values(1.8, 1, atMs);
    for (let second = 0; second < 10; second++) after.domain.judge(after.nowMs + 1000 * second);
    const [again] = after.domain.workItems?.() ?? [];
    expect(item).toBeDefined();
    expect(again).toMatchObject({ subject: item?.subject, sinceMs: item?.sinceMs });
  });

  it('is one item for a zone whose pressure is unusual, and none while an alarm says it', () => {
    const town = new Town();
    const items = town.minutes(33, 1, 0.7);
    expect(items).toMatchObject([{ subject: { kind: 'zone', id: 'West' } }]);
    expect(items[0]?.reason).toContain('Pressure');
    const lost = new Town();
    expect(lost.minutes(33, 0)).toEqual([]);
  });
});
