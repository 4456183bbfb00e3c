import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CountyLog } from '../../../../../main/engine/reports/CountyLog.ts';
import {
  blindTimes,
  feedLosses,
  figuresOver,
  parseCountyLog,
} from '../../../../../main/engine/reports/countyLogLines.ts';
import type { CountyLine } from '../../../../../main/engine/reports/countyLogLines.ts';
import type { Figure, StreamMessage } from '../../../../../shared/contract/contract.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const START = Date.UTC(2026, 5, 1, 11);
const MINUTE = 60_000;
const load = (value: number | null, present = 1): Figure => ({
  id: 'electricityLoad',
  label: 'Electricity',
  unit: 'kW',
  digits: 0,
  value,
  present,
  sources: [],
  isAbnormal: false,
  spark: [],
});
type Feed = StreamMessage<'vitals'>['feeds'][number];
const hfp = (state: Feed['state']): Feed => ({
  id: 'hfp',
  name: 'Vehicles',
  received: 1,
  refused: 0,
  perSecond: 0,
  isSteady: true,
  isExpected: true,
  state,
});
const broker = (state: 'connected' | 'lost'): StreamMessage<'vitals'>['broker'] => ({
  state,
  url: 'mqtt://x',
  sinceMs: 0,
});

async function open(file: string, nowMs: number): Promise<CountyLog> {
  return CountyLog.open(file, nowMs, (error) => {
    throw error instanceof Error ? error : new Error(String(error));
  });
}
const linesOf = (file: string): CountyLine[] => parseCountyLog(readFileSync(file, 'utf8'));
const figure = (lines: CountyLine[], fromMs: number, toMs: number) =>
  figuresOver(lines, { fromMs, toMs }).find(({ id }) => id === 'electricityLoad')!;

describe('CountyLog', () => {
  it('keeps figures so that mean, extremes, course and share of data can be told of any period', async () => {
    const file = join(temporaryFolder(), 'log');
    const log = await open(file, START);
    for (let s = 0; s <= 20 * 60; s += 5) log.noteFigures([load(s < 600 ? 100 : 300, 0.8)], START + 1000 * s);
    await log.flush(START + 20 * MINUTE);
    const { mean, min, max, present, course } = figure(linesOf(file), START, START + 20 * MINUTE);
    expect(mean).toBeCloseTo(200, 0);
    expect([min, max]).toEqual([100, 300]);
    expect(present).toBeCloseTo(0.8, 2);
    expect(course.map((value) => Math.round(value ?? 0))).toEqual([100, 300]);
  });

  it('counts the time in which it did not run as missing, and a value of nothing as none', async () => {
    const file = join(temporaryFolder(), 'log');
    const first = await open(file, START);
    for (let m = 0; m <= 10; m++) first.noteFigures([load(m < 5 ? null : 100, m < 5 ? 0 : 1)], START + m * MINUTE);
    await first.flush(START + 10 * MINUTE);
    // A crash cut the last line off.
    appendFileSync(file, '{"at":17');
    const second = await open(file, START + 30 * MINUTE);
    for (let m = 30; m <= 40; m++) second.noteFigures([load(100)], START + m * MINUTE);
    await second.flush(START + 40 * MINUTE);
    const lines = linesOf(file);
    expect(blindTimes(lines, { fromMs: START, toMs: START + 40 * MINUTE })).toEqual([
      { fromMs: START + 10 * MINUTE, toMs: START + 30 * MINUTE },
    ]);
    const { mean, present, course } = figure(lines, START, START + 40 * MINUTE);
    expect(mean).toBe(100);
    expect(present).toBeCloseTo(15 / 40, 1);
    expect(course).toEqual([100, null, null, 100]);
  });

  it('tells when a feed and the broker were lost, over a restart too, and does not call silence without a broker a loss of feeds', async () => {
    const file = join(temporaryFolder(), 'log');
    const log = await open(file, START);
    const say = (minute: number, feed: Feed, state: 'connected' | 'lost' = 'connected') =>
      log.noteFeeds({ feeds: [feed], broker: broker(state) }, START + minute * MINUTE);
    say(0, hfp('unused'));
    say(1, hfp('live'));
    say(10, hfp('quiet'));
    say(20, hfp('live'));
    say(30, hfp('quiet'), 'lost');
    say(40, hfp('live'));
    await log.flush(START + 41 * MINUTE);
    const again = await open(file, START + 50 * MINUTE);
    // Heard in the last run, and not since the start.
    for (const minute of [50, 53, 56, 60])
      again.noteFeeds({ feeds: [hfp('unused')], broker: broker('connected') }, START + minute * MINUTE);
    await again.flush(START + 60 * MINUTE);
    expect(feedLosses(linesOf(file), { fromMs: START + 15 * MINUTE, toMs: START + 60 * MINUTE })).toEqual([
      { feed: 'hfp', name: 'Vehicles', fromMs: START + 10 * MINUTE, toMs: START + 20 * MINUTE, lostMs: 5 * MINUTE },
      {
        feed: 'broker',
        name: 'Connection to the broker',
        fromMs: START + 30 * MINUTE,
        toMs: START + 40 * MINUTE,
        lostMs: 10 * MINUTE,
      },
      { feed: 'hfp', name: 'Vehicles', fromMs: START + 56 * MINUTE, lostMs: 4 * MINUTE },
    ]);
  });
});
