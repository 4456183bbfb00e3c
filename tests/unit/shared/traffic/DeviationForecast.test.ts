import { describe, expect, it } from 'vitest';
import { BIN_MS, DeviationForecast, horizonsMs } from '../../../../shared/traffic/DeviationForecast.ts';
import { seededRandom } from '../../../support/makeCounty.ts';

const DAY_BINS = 288;
const SCALE = 30;
const usualAt = (bin: number): number => 25 + 5 * Math.cos((2 * Math.PI * bin) / DAY_BINS);

/** A road whose deviation from the usual day drifts and returns, with the noise of few vehicles. */
function* drive(days: number, seed: number): Generator<{ bin: number; value: number }> {
  const random = seededRandom(seed);
  const noise = (): number => random() + random() + random() - 1.5;
  let drift = 0;
  for (let bin = 0; bin < days * DAY_BINS; bin++) {
    drift = 0.97 * drift + 1.2 * noise();
    yield { bin, value: usualAt(bin) + drift + 2 * noise() };
  }
}

const taught = (days: number): DeviationForecast => {
  const forecast = new DeviationForecast(SCALE);
  for (const { bin, value } of drive(days, 7))
    forecast.take({ value, usual: usualAt(bin), neighbours: 0, atMs: bin * BIN_MS });
  return forecast;
};

describe('the forecast of a series', () => {
  it.each(horizonsMs)(
    'is better than the present and the usual value %i ms ahead, and its band holds four of five values',
    (aheadMs) => {
      const ahead = aheadMs / BIN_MS;
      const all = [...drive(20, 3)];
      const forecast = new DeviationForecast(SCALE);
      const errors = { own: 0, present: 0, usual: 0, inBand: 0, count: 0 };
      for (const { bin, value } of all) {
        forecast.take({ value, usual: usualAt(bin), neighbours: 0, atMs: bin * BIN_MS });
        const then = all[bin + ahead]?.value;
        if (bin < 10 * DAY_BINS || then === undefined) continue;
        const nowMs = (bin + 1) * BIN_MS;
        const made = forecast.at(nowMs + aheadMs, nowMs, usualAt(bin + ahead));
        errors.own += Math.abs(then - made.value);
        errors.present += Math.abs(then - value);
        errors.usual += Math.abs(then - usualAt(bin + ahead));
        errors.inBand += made.low <= then && then <= made.high ? 1 : 0;
        errors.count++;
      }
      expect(errors.own).toBeLessThan(0.97 * errors.usual);
      expect(errors.own).toBeLessThan(0.97 * errors.present);
      expect(errors.inBand / errors.count).toBeGreaterThan(0.72);
      expect(errors.inBand / errors.count).toBeLessThan(0.88);
    },
  );

  it('lets a crash last longer than noise of the same road', () => {
    const forecast = taught(5);
    const bin = 5 * DAY_BINS;
    forecast.take({ value: 2, usual: 27, neighbours: 0, atMs: bin * BIN_MS });
    const nowMs = (bin + 1) * BIN_MS;
    const [quarter, hour] = [15, 60].map((minutes) => forecast.at(nowMs + minutes * 60_000, nowMs, 27).value);
    expect(forecast.at(nowMs, nowMs, 27).value).toBeLessThan(8);
    expect(quarter).toBeLessThan(18);
    expect(hour).toBeGreaterThan(quarter ?? 0);
  });

  it('returns to what is usual when nothing new is measured', () => {
    const forecast = taught(5);
    const bin = 5 * DAY_BINS;
    forecast.take({ value: 5, usual: 27, neighbours: 0, atMs: bin * BIN_MS });
    const nowMs = bin * BIN_MS + 6 * 3_600_000;
    expect(forecast.at(nowMs, nowMs, 27).value).toBeCloseTo(27, 0);
  });

  it('is what is usual before anything was measured, and never negative', () => {
    const fresh = new DeviationForecast(SCALE);
    expect(fresh.at(900_000, 0, 20).value).toBe(20);
    fresh.take({ value: 0, usual: 20, neighbours: -5, atMs: 0 });
    expect(fresh.at(BIN_MS, BIN_MS, 1)).toMatchObject({ value: 0, low: 0 });
  });

  it('ignores what comes late or is no number', () => {
    const [forecast, same] = [taught(2), taught(2)];
    const nowMs = 2 * DAY_BINS * BIN_MS;
    forecast.take({ value: 3, usual: 27, neighbours: 0, atMs: 0 });
    forecast.take({ value: Number.NaN, usual: 27, neighbours: 0, atMs: nowMs });
    expect(forecast.at(nowMs, nowMs, 27)).toEqual(same.at(nowMs, nowMs, 27));
  });

  it('holds less than 1 kB', () => {
    const before = process.memoryUsage().arrayBuffers;
    const many = Array.from({ length: 1000 }, () => taught(0));
    expect((process.memoryUsage().arrayBuffers - before) / many.length).toBeLessThan(1000);
  });
});
