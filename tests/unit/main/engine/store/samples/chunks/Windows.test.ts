import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplesPerMs } from '../../../../../../../main/engine/store/samples/chunks/window.ts';
import { Windows } from '../../../../../../../main/engine/store/samples/chunks/Windows.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 10, 22);
const MANY = 12_000;
const everyMs = (ms: number): number => 1 / ms;

const rates = fc.array(
  fc.record({ stepMs: fc.integer({ min: 1, max: 40_000_000 }), sealedMs: fc.integer({ min: 0, max: 400 * DAY_MS }) }),
  { maxLength: 12 },
);

/** Windows after several changes of the rate, each with what was sealed by then. */
function changed(steps: readonly { stepMs: number; sealedMs: number }[]): {
  windows: Windows;
  before: { windows: Windows; sealedMs: number }[];
} {
  let windows = Windows.of(everyMs(60_000));
  let sealedMs = START;
  const before: { windows: Windows; sealedMs: number }[] = [];
  for (const step of steps) {
    sealedMs = Math.max(sealedMs, START + step.sealedMs);
    before.push({ windows, sealedMs });
    windows = windows.adapt(everyMs(step.stepMs), MANY, sealedMs);
  }
  return { windows, before };
}

describe('Windows', () => {
  it('divide all of time, whatever changed', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: -DAY_MS, max: 500 * DAY_MS }), (steps, at) => {
        const { windows } = changed(steps);
        const atMs = START + at;
        const startMs = windows.startOf(atMs);
        const endMs = windows.endOf(startMs);
        expect(startMs <= atMs && atMs < endMs).toBe(true);
        expect(windows.startOf(startMs)).toBe(startMs);
        expect(windows.startOf(endMs - 1)).toBe(startMs);
        expect(windows.startOf(endMs)).toBe(endMs);
        expect(windows.between(atMs, endMs + 1)).toEqual([startMs, endMs]);
      }),
    );
  });

  it('leave what is sealed where it is', () => {
    fc.assert(
      fc.property(rates, fc.double({ min: 0, max: 1, noNaN: true }), (steps, share) => {
        const { windows, before } = changed(steps);
        for (const { windows: then, sealedMs } of before) {
          const atMs = START + Math.floor(share * (sealedMs - START));
          expect(windows.startOf(atMs)).toBe(then.startOf(atMs));
        }
      }),
    );
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(rates, (steps) => {
        const { windows } = changed(steps);
        expect(Windows.read(windows.write())).toEqual(windows);
      }),
    );
    expect(Windows.read(null)).toBeUndefined();
  });

  it('become shorter where much more comes, and longer where much less does, but not for a little', () => {
    const meters = Windows.of(128 * everyMs(15 * MINUTE_MS));
    expect(meters.longestMs).toBe(DAY_MS);
    expect(meters.adapt(128 * everyMs(5 * MINUTE_MS), MANY, START)).toBe(meters);
    const busy = meters.adapt(128 * everyMs(400), MANY, START);
    expect(busy.endOf(busy.startOf(START + HOUR_MS)) - busy.startOf(START + HOUR_MS)).toBe(MINUTE_MS);
    expect(busy.startOf(START - 1)).toBe(START - DAY_MS);
    const calm = busy.adapt(128 * everyMs(15 * MINUTE_MS), MANY, START + HOUR_MS);
    expect(calm.endOf(calm.startOf(START + 2 * DAY_MS)) - calm.startOf(START + 2 * DAY_MS)).toBe(DAY_MS);
    expect(meters.adapt(everyMs(1), 20, START)).toBe(meters);
  });
});

describe('samplesPerMs', () => {
  it('adds up what the series tell, each by its usual distance', () => {
    const run = (times: number[]): { atMs: Float64Array; value: Float64Array; quality: Uint8Array } => ({
      atMs: Float64Array.from(times),
      value: new Float64Array(times.length),
      quality: new Uint8Array(times.length),
    });
    expect(samplesPerMs([run([0, 1000, 2000, 90_000]), run([0, 500, 1000]), run([7])])).toBeCloseTo(0.001 + 0.002);
    expect(samplesPerMs([run([5]), run([])])).toBe(0);
  });
});
