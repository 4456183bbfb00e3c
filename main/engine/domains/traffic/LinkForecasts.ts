import type { RequestOutput } from '../../../../shared/contract/contract.ts';
import { MINUTE_MS } from '../../../../shared/base/durations.ts';
import { BIN_MS, DeviationForecast, horizonsMs, smoothUsual } from '../../../../shared/traffic/DeviationForecast.ts';
import type { Expected } from '../../../../shared/traffic/DeviationForecast.ts';
import type { DailyBaseline } from '../kit/DailyBaseline.ts';
import type { LinkState } from './LinkState.ts';

/** Links end their bins at different times, so that their forecasters never learn all at once. */
const STAGGER = 7919;
const FORECAST_MS = horizonsMs.at(-1) ?? 0;
const STEP_MS = 5 * MINUTE_MS;

/** The mean of a bin that is still filling. */
type Filling = { sum: number; count: number };
type Held = { bin: number; speed: Filling; flow: Filling; speeds: DeviationForecast; flows: DeviationForecast };

type Sources = {
  usualSpeed: DailyBaseline;
  usualFlow: DailyBaseline;
  /** The watched links next to a link on its road, up and down. */
  neighboursOf: (index: number) => readonly number[];
};

const fill = (filling: Filling, value: number): void => {
  if (!Number.isFinite(value)) return;
  filling.sum += value;
  filling.count++;
};

/**
 * Forecasts of speed and flow of each link with measurements, for up to an hour: their means of five minutes go into
 * one forecaster each.
 */
export class LinkForecasts {
  readonly #sources: Sources;
  readonly #held = new Map<number, Held>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** Takes what a link has measured. Hot: called for each period of a detector. */
  note({ index, link, speedMps, flowVph }: LinkState, atMs: number): void {
    const bin = Math.floor((atMs + staggerMs(index)) / BIN_MS);
    let held = this.#held.get(index);
    if (held === undefined) {
      held = {
        bin,
        speed: { sum: 0, count: 0 },
        flow: { sum: 0, count: 0 },
        speeds: new DeviationForecast(link.freeFlowMps),
        flows: new DeviationForecast(link.capacityVph),
      };
      this.#held.set(index, held);
    }
    if (bin > held.bin) this.#close(index, held);
    if (bin < held.bin) return;
    held.bin = bin;
    fill(held.speed, speedMps);
    fill(held.flow, flowVph);
  }

  speedAt(index: number, whenMs: number, nowMs: number): Expected | undefined {
    return this.#expected(this.#held.get(index)?.speeds, this.#sources.usualSpeed, index, whenMs, nowMs);
  }

  flowAt(index: number, whenMs: number, nowMs: number): Expected | undefined {
    return this.#expected(this.#held.get(index)?.flows, this.#sources.usualFlow, index, whenMs, nowMs);
  }

  /** The next hour in steps of five minutes, for a chart; empty before there are two days of history. */
  nextHour(index: number, quantity: 'speedMps' | 'flowVph', nowMs: number): RequestOutput<'series.forecast'> {
    const points: (Expected & { atMs: number })[] = [];
    for (let aheadMs = 0; aheadMs <= FORECAST_MS; aheadMs += STEP_MS) {
      const atMs = nowMs + aheadMs;
      const expected = quantity === 'speedMps' ? this.speedAt(index, atMs, nowMs) : this.flowAt(index, atMs, nowMs);
      if (expected !== undefined) points.push({ ...expected, atMs });
    }
    return {
      stepMs: 0,
      atMs: points.map(({ atMs }) => atMs),
      value: points.map(({ value }) => value),
      low: points.map(({ low }) => low),
      high: points.map(({ high }) => high),
    };
  }

  #expected(
    forecast: DeviationForecast | undefined,
    baseline: DailyBaseline,
    index: number,
    whenMs: number,
    nowMs: number,
  ): Expected | undefined {
    const usual = forecast && usualAround(baseline, index, whenMs);
    return usual === undefined ? undefined : forecast?.at(whenMs, nowMs, usual);
  }

  #close(index: number, held: Held): void {
    const atMs = held.bin * BIN_MS - staggerMs(index);
    const { usualSpeed, usualFlow, neighboursOf } = this.#sources;
    const neighbours = neighboursOf(index).flatMap((other) => this.#held.get(other) ?? []);
    const meanOf = (key: 'speeds' | 'flows'): number =>
      neighbours.reduce((sum, other) => sum + other[key].deviation, 0) / Math.max(1, neighbours.length);
    const take = (key: 'speeds' | 'flows', filling: Filling, baseline: DailyBaseline): void => {
      const usual = filling.count === 0 ? undefined : usualAround(baseline, index, atMs);
      if (usual !== undefined)
        held[key].take({ value: filling.sum / filling.count, usual, neighbours: meanOf(key), atMs });
      filling.sum = filling.count = 0;
    };
    take('speeds', held.speed, usualSpeed);
    take('flows', held.flow, usualFlow);
  }
}

const usualAround = (baseline: DailyBaseline, index: number, aroundMs: number): number | undefined =>
  smoothUsual(aroundMs, (atMs) => baseline.usual(index, atMs)?.typical);
const staggerMs = (index: number): number => (index * STAGGER) % BIN_MS;
