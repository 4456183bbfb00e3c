import { describe, expect, it } from 'vitest';
import { DailyBaseline } from '../../../../../../main/engine/domains/kit/DailyBaseline.ts';
import { SeriesWatch } from '../../../../../../main/engine/domains/kit/SeriesWatch.ts';
import { createLocalTime } from '../../../../../../shared/base/localTime.ts';
import { seededRandom } from '../../../../../support/makeCounty.ts';

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
/** A Wednesday, 12:00. */
const NOON_MS = Date.UTC(2026, 4, 6, 12);
const SERIES = 3;

type Reading = { value: number; atMs: number };

function usualDays(days: number): Reading[] {
  const random = seededRandom(7);
  return Array.from({ length: days * 96 }, (_, quarter) => {
    const atMs = NOON_MS - days * DAY_MS + quarter * QUARTER_MS;
    const swing = Math.sin((2 * Math.PI * (atMs % DAY_MS)) / DAY_MS);
    return { value: 100 + 30 * swing + 3 * random(), atMs };
  });
}
const unusual: Reading[] = [0, 1, 2].map((quarter) => ({ value: 300, atMs: NOON_MS + quarter * QUARTER_MS }));
/** A quarter is judged two minutes after its end. */
const LATE_MS = 120_000;
const END_MS = NOON_MS + 3 * QUARTER_MS + LATE_MS;

function watching(): { take: (readings: readonly Reading[]) => void; watch: SeriesWatch } {
  const time = createLocalTime('UTC');
  const baseline = new DailyBaseline(time);
  const watch = new SeriesWatch(baseline, time);
  const take = (readings: readonly Reading[]): void => {
    for (const { value, atMs } of readings) {
      baseline.teach(SERIES, value, atMs);
      watch.note(SERIES, atMs);
    }
  };
  return { take, watch };
}

describe('SeriesWatch', () => {
  it('finds what is unusual when its quarter of an hour is over, with the time since when', () => {
    const { take, watch } = watching();
    take([...usualDays(10), ...unusual]);
    watch.advance(NOON_MS + QUARTER_MS + LATE_MS - 1);
    expect(watch.finding(SERIES, 0.7)).toBeUndefined();
    watch.advance(NOON_MS + QUARTER_MS + LATE_MS);
    expect(watch.finding(SERIES, 0.7)).toMatchObject({ sinceMs: NOON_MS, value: 300 });
    expect(watch.finding(SERIES + 1, 0)).toBeUndefined();
  });

  it('comes to the same finding in whatever order history and present arrive', () => {
    const [inOrder, lateHistory] = [watching(), watching()];
    inOrder.take([...usualDays(10), ...unusual]);
    inOrder.watch.advance(END_MS);
    lateHistory.take(unusual);
    lateHistory.watch.advance(END_MS);
    expect(lateHistory.watch.finding(SERIES, 0)).toBeUndefined();
    lateHistory.take(usualDays(10).reverse());
    lateHistory.watch.advance(END_MS);
    expect(lateHistory.watch.finding(SERIES, 0.7)).toEqual(inOrder.watch.finding(SERIES, 0.7));
    expect(inOrder.watch.finding(SERIES, 0.7)).toBeDefined();
  });

  it('withdraws a finding two hours after the last value', () => {
    const { take, watch } = watching();
    take([...usualDays(10), ...unusual]);
    watch.advance(END_MS + 7 * QUARTER_MS);
    expect(watch.finding(SERIES, 0.7)).toBeDefined();
    watch.advance(END_MS + 8 * QUARTER_MS);
    expect(watch.finding(SERIES, 0.7)).toBeUndefined();
  });
});
