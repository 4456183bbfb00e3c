import { expect, it } from 'vitest';
import { FigureHours } from '../../../../../main/engine/ledger/FigureHours.ts';
import type { Figure } from '../../../../../shared/contract/contract.ts';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 10, 20, 6);

const figure = (value: number | null, present = 1): Figure => ({
  id: 'trafficDelay',
  label: 'Traffic delay',
  unit: 'veh·h/h',
  digits: 1,
  value,
  present,
  sources: [],
  isAbnormal: false,
  spark: [],
});

it('a figure counts for as long as it held, quarter hour by quarter hour', () => {
  const hours = new FigureHours();
  hours.note([figure(10)], START, 20 * MINUTE_MS);
  hours.note([figure(40)], START + 5 * MINUTE_MS, 20 * MINUTE_MS);
  hours.note([figure(20, 0.5)], START + 20 * MINUTE_MS, 20 * MINUTE_MS);
  const [first, second] = hours.take();
  // 40 for five minutes and 20 for ten; then 20 for five.
  expect(first).toMatchObject({ atMs: START, low: 20, high: 40, quarters: 1 });
  expect(first?.sum).toBeCloseTo((40 * 5 + 20 * 10) / 15);
  expect(first?.present).toBeCloseTo((5 + 0.5 * 10) / 60);
  expect(second).toMatchObject({ atMs: START + 15 * MINUTE_MS, low: 20, high: 20 });
  expect(second?.sum).toBeCloseTo((20 * 5) / 15);
  expect(hours.take()).toEqual([]);
});

it('nothing is known over a longer silence, after a step back, and of a figure without data', () => {
  const hours = new FigureHours();
  hours.note([figure(10)], START, MINUTE_MS);
  hours.note([figure(10)], START + 2 * MINUTE_MS, MINUTE_MS);
  hours.note([figure(10)], START, MINUTE_MS);
  hours.note([figure(null)], START + 1000, MINUTE_MS);
  expect(hours.take()).toEqual([]);
});

it('what could not be written is added to what comes', () => {
  const hours = new FigureHours();
  hours.note([figure(10)], START, MINUTE_MS);
  hours.note([figure(10)], START + MINUTE_MS, MINUTE_MS);
  const parts = hours.take();
  hours.note([figure(30)], START + 2 * MINUTE_MS, MINUTE_MS);
  hours.putBack(parts);
  const [part] = hours.take();
  expect(part).toMatchObject({ low: 10, high: 30 });
  expect(part?.quarters).toBeCloseTo(2 / 15);
});
