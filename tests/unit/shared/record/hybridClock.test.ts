import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterReceiving, nextStamp } from '../../../../shared/record/hybridClock.ts';
import type { Stamp } from '../../../../shared/record/hybridClock.ts';

const isBefore = (a: Stamp, b: Stamp): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.tick < b.tick);

describe('hybridClock', () => {
  it('never stands still or goes back, though the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500_000 }), { minLength: 2 }), (walls) => {
        let last: Stamp = { atMs: 0, tick: 0 };
        for (const wall of walls) {
          const next = nextStamp(last, wall);
          expect(isBefore(last, next)).toBe(true);
          last = next;
        }
      }),
    );
  });

  it('stamps later than whatever was received, unless that was more than 60 s ahead', () => {
    const last = { atMs: 1_000_000, tick: 3 };
    expect(nextStamp(afterReceiving(last, { atMs: 1_060_000, tick: 5 }, 1_000_000), 1_000_000)).toEqual({
      atMs: 1_060_000,
      tick: 6,
    });
    expect(afterReceiving(last, { atMs: 1_060_001, tick: 0 }, 1_000_000)).toEqual(last);
    expect(afterReceiving(last, { atMs: 999_000, tick: 9 }, 1_000_000)).toEqual(last);
  });
});
