import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmFigures } from '../../../../shared/alarms/alarmFigures.ts';
import { alarmLoad, alarmLoadSchema, floodsOf, periodLoad, WINDOW_MS } from '../../../../shared/alarms/alarmLoad.ts';
import type { Raised } from '../../../../shared/alarms/alarmLoad.ts';

/** A full hour. */
const T0 = Date.UTC(2026, 2, 2, 8);
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
const every = (count: number, stepMs: number, fromMs = T0): number[] =>
  Array.from({ length: count }, (_, at) => fromMs + at * stepMs);
const call = (atMs: number, id = 'D03', priority: Raised['priority'] = 2): Raised => ({
  atMs,
  priority,
  position: 'utilities',
  rule: 'water.burst',
  subject: { kind: 'zone', id },
  title: `Burst in ${id}`,
});

describe('a flood', () => {
  it('is no flood at ten in ten minutes, and begins with the eleventh', () => {
    expect(floodsOf(every(10, 30 * SECOND), T0 + HOUR)).toEqual([]);
    expect(floodsOf(every(11, 61 * SECOND), T0 + HOUR)).toEqual([]);
    expect(floodsOf(every(11, 30 * SECOND), T0 + 6 * MINUTE)).toEqual([{ fromMs: T0 + 5 * MINUTE }]);
  });

  it('goes on while five are left within ten minutes, and ends with the fewer', () => {
    const calls = every(11, 30 * SECOND);
    // Of the eleven the seventh leaves the window at 13 minutes: four are left.
    expect(floodsOf(calls, T0 + 13 * MINUTE - 1)).toEqual([{ fromMs: T0 + 5 * MINUTE }]);
    expect(floodsOf(calls, T0 + 13 * MINUTE)).toEqual([{ fromMs: T0 + 5 * MINUTE, toMs: T0 + 13 * MINUTE }]);
    // Six a window keep it alive for an hour.
    expect(floodsOf([...calls, ...every(36, 100 * SECOND, T0 + 6 * MINUTE)], T0 + HOUR)).toEqual([
      { fromMs: T0 + 5 * MINUTE },
    ]);
  });

  it('holds at every moment what its definition says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5400 }), { maxLength: 120 }), (seconds) => {
        const calls = seconds.map((s) => T0 + s * SECOND).sort((a, b) => a - b);
        const floods = floodsOf(calls, T0 + 3 * HOUR);
        let isFlood = false;
        for (let s = 0; s < 7200; s++) {
          const nowMs = T0 + s * SECOND;
          const count = calls.filter((at) => at > nowMs - WINDOW_MS && at <= nowMs).length;
          if (count > 10) isFlood = true;
          else if (count < 5) isFlood = false;
          expect(floods.some(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < (toMs ?? Infinity))).toBe(isFlood);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the load of a position', () => {
  const load = (raised: readonly Raised[], nowMs: number, sinceMs = 0): ReturnType<typeof alarmLoad> =>
    alarmLoad({ positionId: 'utilities', raised, alarms: [], sinceMs, nowMs });

  it('counts empty windows too', () => {
    const calls = every(20, 10 * SECOND).map((at) => call(at));
    const now = T0 + 24 * HOUR - 1;
    const figures = load(calls, now);
    expect(figures.byTenMinutes).toHaveLength(144);
    expect(figures.byTenMinutes[0]).toBe(20);
    expect(figures).toMatchObject({
      lastDay: 20,
      lastHour: 0,
      last10Min: 0,
      maxIn10Min: 20,
      isFlood: false,
      busyWindows: 1 / 144,
      floodShare: 2 / 144,
      perDayTarget: alarmFigures.lastDay.target,
    });
    expect(alarmLoadSchema.parse(figures)).toEqual(figures);
  });

  it('says nothing of windows of which nothing is known', () => {
    const figures = load(
      every(20, 10 * SECOND).map((at) => call(at)),
      T0 + 29 * MINUTE,
      T0,
    );
    expect(figures).toMatchObject({ knownWindows: 3, busyWindows: 1 / 3 });
  });

  it('finds the ten minutes with the most calls wherever they begin', () => {
    expect(
      load(
        [...every(6, MINUTE, T0 + 4 * MINUTE), ...every(6, 30 * SECOND, T0 + 10 * MINUTE)].map((at) => call(at)),
        T0 + HOUR,
      ).maxIn10Min,
    ).toBe(12);
  });

  it('names the sources that call most, and how the priorities are shared', () => {
    const calls = [
      ...every(6, MINUTE).map((at) => call(at, 'D01', 4)),
      ...every(3, MINUTE).map((at) => call(at, 'D02', 3)),
      call(T0, 'D03', 1),
    ].sort((a, b) => a.atMs - b.atMs);
    const { topSources, split } = load(calls, T0 + HOUR);
    expect(topSources.map(({ subjectId, count, share }) => [subjectId, count, share])).toEqual([
      ['D01', 6, 0.6],
      ['D02', 3, 0.3],
      ['D03', 1, 0.1],
    ]);
    expect(split).toEqual({ 1: 0.1, 2: 0, 3: 0.3, 4: 0.6 });
  });

  it('of a past period knows the flood that was on when it began', () => {
    const calls = every(12, 30 * SECOND, T0 - 8 * MINUTE).map((at) => call(at));
    const shift = periodLoad(calls, { fromMs: T0, toMs: T0 + 8 * HOUR, sinceMs: 0 });
    expect(shift.count).toBe(0);
    expect(shift.floods).toHaveLength(1);
    expect(shift.floodShare).toBe(1 / 48);
  });
});
