import { DailyBaseline } from '../../../main/engine/domains/kit/DailyBaseline.ts';
import { createLocalTime } from '../../../shared/base/localTime.ts';
import { BIN_MS, DeviationForecast, horizonsMs, smoothUsual } from '../../../shared/traffic/DeviationForecast.ts';
import type { Segment } from './readTravelTimes.ts';

/** Sums of absolute errors at one horizon. */
export type ErrorSums = { own: number; persistence: number; profile: number; count: number; inBand: number };

type Pending = { own: number; low: number; high: number; persistence: number; profile: number };

const binOf = (atMs: number): number => Math.floor(atMs / BIN_MS);

type Road = {
  segment: Segment;
  index: number;
  forecast: DeviationForecast;
  neighbours: Road[];
  judgedFromMs: number;
  next: number;
  pending: Map<number, Pending>[];
};

function roadsOf(segments: readonly Segment[], learnShare: number): Road[] {
  const roads = segments.map((segment, index): Road => {
    const { readings } = segment;
    const measured = readings.filter(({ count }) => count > 0).map(({ speedKmh }) => speedKmh);
    const begin = measured.slice(0, 500).sort((a, b) => a - b);
    return {
      segment,
      index,
      forecast: new DeviationForecast(begin[Math.floor(begin.length * 0.85)] ?? 50),
      neighbours: [],
      judgedFromMs: readings[Math.floor(readings.length * learnShare)]?.atMs ?? Number.POSITIVE_INFINITY,
      next: 0,
      pending: horizonsMs.map(() => new Map<number, Pending>()),
    };
  });
  for (const road of roads)
    road.neighbours = roads.filter(
      ({ segment: { from, to } }) =>
        (from !== '' && from === road.segment.to && to !== road.segment.from) ||
        (to !== '' && to === road.segment.from && from !== road.segment.to),
    );
  return roads;
}

/**
 * Walks through the readings of all segments in the order of time: each forecast uses what was known before it alone.
 * The first `learnShare` of each segment's readings is learned and not judged. A held speed (a count of 0) is neither
 * learned nor judged. The peers are the last measured speed, and what was usual at that time of day.
 */
export function judgeForecasts(segments: readonly Segment[], learnShare: number): ErrorSums[] {
  const usual = new DailyBaseline(createLocalTime('UTC'));
  const sums = horizonsMs.map((): ErrorSums => ({ own: 0, persistence: 0, profile: 0, count: 0, inBand: 0 }));
  const roads = roadsOf(segments, learnShare);
  const starts = segments.flatMap(({ readings }) => readings[0]?.atMs ?? []);
  const ends = segments.flatMap(({ readings }) => readings.at(-1)?.atMs ?? []);
  for (let bin = binOf(Math.min(...starts)); bin <= binOf(Math.max(...ends)); bin++)
    for (const road of roads) stepRoad(road, bin, usual, sums);
  return sums;
}

function stepRoad(road: Road, bin: number, usual: DailyBaseline, sums: ErrorSums[]): void {
  const reading = road.segment.readings[road.next];
  if (reading === undefined || binOf(reading.atMs) !== bin) return;
  road.next++;
  if (!(reading.count > 0 && reading.speedKmh > 0)) return;
  const { atMs, speedKmh } = reading;
  for (const [horizon, waiting] of road.pending.entries()) settle(waiting, bin, speedKmh, sums[horizon]);
  const typicalAt = (whenMs: number): number | undefined => usual.usual(road.index, whenMs)?.typical;
  const typical = smoothUsual(atMs, typicalAt);
  usual.teach(road.index, speedKmh, atMs);
  if (typical === undefined) return;
  const others = road.neighbours.map(({ forecast }) => forecast.deviation);
  const neighbours = others.length === 0 ? 0 : others.reduce((sum, each) => sum + each, 0) / others.length;
  road.forecast.take({ value: speedKmh, usual: typical, neighbours, atMs });
  if (atMs < road.judgedFromMs) return;
  for (const [horizon, aheadMs] of horizonsMs.entries()) {
    const profile = typicalAt(atMs + aheadMs);
    const smooth = smoothUsual(atMs + aheadMs, typicalAt);
    if (profile === undefined || smooth === undefined) continue;
    const { value, low, high } = road.forecast.at(atMs + aheadMs, atMs, smooth);
    road.pending[horizon]?.set(bin + aheadMs / BIN_MS, { own: value, low, high, persistence: speedKmh, profile });
  }
}

function settle(waiting: Map<number, Pending>, bin: number, speedKmh: number, sums: ErrorSums | undefined): void {
  const made = waiting.get(bin);
  for (const old of waiting.keys()) {
    if (old > bin) break;
    waiting.delete(old);
  }
  if (made === undefined || sums === undefined) return;
  sums.own += Math.abs(speedKmh - made.own);
  sums.persistence += Math.abs(speedKmh - made.persistence);
  sums.profile += Math.abs(speedKmh - made.profile);
  sums.inBand += made.low <= speedKmh && speedKmh <= made.high ? 1 : 0;
  sums.count++;
}
