import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { fixtureAlarm, manyAlarms } from '../support/fixtureAlarms.ts';
import { startFixtureEngine } from '../support/fixtureEngine.ts';
import type { FixtureEngine } from '../support/fixtureEngine.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { percentile } from './load/percentile.ts';

const PATIENCE_MS = 60_000;
const CHANGE_EVERY_MS = 250;

/** The keys that work in the list, and how often each is pressed. */
const strokes = [
  { key: 'ArrowDown', share: 0.4 },
  { key: 'PageDown', share: 0.15 },
  { key: 'ArrowUp', share: 0.1 },
  { key: 'Shift+ArrowDown', share: 0.1 },
  { key: 'a', share: 0.15 },
  { key: 'End', share: 0.05 },
  { key: 'Home', share: 0.05 },
] as const;

/**
 * Runs in the page: measures from the time stamp of each key, which the browser sets on arrival, to the first moment
 * after the frame that was drawn next. If neither the cursor nor the selection changed in that frame, the time does not
 * count.
 */
function watchKeys(): void {
  const found: number[] = [];
  Object.assign(globalThis, { keyTimes: found });
  const list = (): Element | null => document.querySelector('[data-testid="alarm-list"]');
  const looks = (): string =>
    `${list()?.getAttribute('aria-activedescendant') ?? ''} ${list()?.querySelectorAll('[data-selected="true"]').length ?? 0}`;
  window.addEventListener(
    'keydown',
    (event) => {
      const before = looks();
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () =>
          found.push(looks() === before ? Number.NaN : performance.now() - event.timeStamp);
        painted.port2.postMessage(undefined);
      });
    },
    true,
  );
}

/** Makes some of the alarms acknowledged or new all the time, as in a bad hour. */
function keepChanging(engine: FixtureEngine, alarms: ReturnType<typeof manyAlarms>, perSecond: number): () => void {
  let turn = 0;
  const timer = setInterval(() => {
    const nowMs = Date.now();
    const changed = Array.from({ length: Math.round((perSecond * CHANGE_EVERY_MS) / 1000) }, (_, index) => {
      const alarm = alarms[(turn * 97 + index * 31) % alarms.length] ?? fixtureAlarm({ id: 'none' });
      return { ...alarm, state: turn % 2 === 0 ? ('acknowledged' as const) : ('active' as const), changedAtMs: nowMs };
    });
    turn++;
    engine.tell({ type: 'stream', stream: 'alarms', data: { isFull: false, changed, removed: [] } });
  }, CHANGE_EVERY_MS);
  return () => clearInterval(timer);
}

async function measure(page: Page, count: number): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {};
  const list = page.getByTestId('alarm-list');
  await page.evaluate(watchKeys);
  await list.focus();
  for (const { key, share } of strokes) {
    for (let press = 0; press < count * share; press++) {
      // At an end of the list an arrow key would do nothing.
      const before = await page.evaluate(() => (globalThis as unknown as { keyTimes: number[] }).keyTimes.length);
      await page.keyboard.press(key);
      await page.waitForFunction(
        (length) => (globalThis as unknown as { keyTimes: number[] }).keyTimes.length > length,
        before,
      );
      const ms = await page.evaluate(
        () => (globalThis as unknown as { keyTimes: number[] }).keyTimes.at(-1) ?? Number.NaN,
      );
      if (Number.isFinite(ms)) (times[key] ??= []).push(ms);
    }
  }
  return times;
}

async function run(options: BenchOptions, say: (line: string) => void): Promise<Figures> {
  const [count, keys, changes] = [
    options.number('alarms', 10_000),
    options.number('keys', 400),
    options.number('changes', 40),
  ];
  let alarms: ReturnType<typeof manyAlarms> = [];
  const engine = await startFixtureEngine(0, {
    pageDir: resolve('out/renderer'),
    alarms: (_, nowMs) => (alarms = manyAlarms(count, nowMs)),
  });
  const browser = await chromium.launch({ executablePath: process.env['BEACON_CHROMIUM'] ?? '/usr/bin/chromium' });
  try {
    say(
      `${count.toLocaleString('en')} alarms in the list, ${changes} of them changing every second; ${keys} keys are pressed.`,
    );
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(`http://127.0.0.1:${engine.port}/#/alarms`);
    await page.getByRole('button', { name: 'Grouping' }).click({ timeout: PATIENCE_MS });
    await page.getByRole('option', { name: 'Every alarm' }).click();
    await page.getByTestId('alarm-row').first().waitFor({ timeout: PATIENCE_MS });
    const stop = keepChanging(engine, alarms, changes);
    const times = await measure(page, keys);
    stop();
    const all = Object.values(times).flat();
    if (all.length < keys / 2) throw new Error(`Only ${all.length} of ${keys} keys changed anything.`);
    const round = (list: readonly number[], share: number): number => Math.round(percentile(list, share) * 10) / 10;
    for (const [key, list] of Object.entries(times))
      say(
        `  ${key.padEnd(16)} ${round(list, 0.5)} ms at the median, ${round(list, 0.95)} ms at p95, of ${list.length}`,
      );
    say(
      `From a key to the picture: ${round(all, 0.5)} ms at the median, ${round(all, 0.95)} ms at p95, ${round(all, 1)} ms at the most.`,
    );
    return { alarms: count, keys: all.length, p50Ms: round(all, 0.5), p95Ms: round(all, 0.95), maxMs: round(all, 1) };
  } finally {
    await browser.close();
    await engine.close();
  }
}

/** Measures how long an operator waits for the alarm list after a key press. */
export const alarmList: Bench = {
  what: 'from a key in the alarm list until the browser has drawn the answer, with 10,000 alarms in it',
  options: {
    alarms: 'how many alarms (10000)',
    keys: 'how many keys are pressed (400)',
    changes: 'how many alarms change in a second (40)',
  },
  run,
};
