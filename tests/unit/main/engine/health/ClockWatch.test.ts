import { describe, expect, it } from 'vitest';
import { ClockWatch } from '../../../../../main/engine/health/ClockWatch.ts';

const HOUR = 3_600_000;
const at = (nowMs: number, monotonicMs: number, speed = 1, source = 'wall') => ({ nowMs, monotonicMs, speed, source });

describe('ClockWatch', () => {
  it('says nothing of time that goes by, of small corrections, and of a county whose time begins', () => {
    const watch = new ClockWatch();
    expect(
      [
        at(0, 0),
        at(1000, 1000),
        at(61_000, 2000),
        at(9 * HOUR, 3000, 60, 'county'),
        at(9 * HOUR + 60_000, 4000, 60, 'county'),
      ].map((each) => watch.note(each)),
    ).toEqual(Array(5).fill(undefined));
  });

  it('tells a step and its direction', () => {
    const watch = new ClockWatch();
    watch.note(at(10 * HOUR, 0));
    expect(watch.note(at(9 * HOUR + 1000, 1000))?.text).toContain('went back by 60 minutes');
    expect(watch.mayDelete(1000)).toBe(true);
    expect(watch.note(at(33 * HOUR + 2000, 2000))?.text).toContain('went forward by 24 hours');
  });

  it('lets nothing be deleted for a day after a large step forward', () => {
    const watch = new ClockWatch();
    watch.note(at(0, 0));
    watch.note(at(24 * HOUR, 1000));
    expect([watch.mayDelete(2000), watch.mayDelete(25 * HOUR)]).toEqual([false, true]);
  });
});
