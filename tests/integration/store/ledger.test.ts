import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLocalDays } from '../../../shared/base/localDays.ts';
import { noticesOf, startFaultBench } from '../../support/startFaultBench.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import { eventually, runScript } from '../../support/startHost.ts';
import type { Ended } from '../../support/startHost.ts';
import { openTelemetryPair } from '../../support/telemetryPair.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { batchOf } from '../../unit/main/engine/store/samples/telemetryBatches.ts';

const QUARTER_MS = 900_000;
const HOUR_MS = 4 * QUARTER_MS;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 20;

const maintain = (...args: string[]): Promise<Ended> => runScript('out/main/host.js', ['engine', ...args]).ended;

/** A folder of before there were ledgers: three weeks of a feeder's load, 100 kW and at noon (UTC) 200 kW. */
function olderFolder(): { dataDir: string; firstMs: number } {
  const dataDir = join(temporaryFolder(), 'data');
  mkdirSync(dataDir);
  const nowMs = Date.now();
  const firstMs = Math.floor(nowMs / DAY_MS - DAYS) * DAY_MS;
  const cache = openTelemetryPair(dataDir, nowMs);
  const count = Math.floor((nowMs - 2 * HOUR_MS - firstMs) / QUARTER_MS);
  cache.writer.commit(
    batchOf(
      Array.from({ length: count }, (_, at) => ({
        series: 1,
        atMs: firstMs + at * QUARTER_MS,
        value: Math.floor(at / 4) % 24 === 12 ? 200 : 100,
      })),
      { newSeries: [{ id: 1, deviceId: 'F1', quantity: 'powerKw' }] },
    ),
    nowMs,
  );
  cache.seal();
  cache.close();
  return { dataDir, firstMs };
}

const history = (screen: Screen, fromMs: number, toMs = Date.now()) =>
  screen.request('series.query', { deviceId: 'F1', quantity: 'powerKw', fromMs, toMs, maxPoints: 800, asRate: false });

const filled = (screen: Screen, firstMs: number) =>
  eventually('The hours of the ledger', async () => {
    const answer = await history(screen, firstMs);
    return answer.resolution === 'hour' ? answer : undefined;
  });

it('a folder of an older version gets a ledger, which answers long spans by hours and days', async () => {
  const { dataDir, firstMs } = olderFolder();
  const bench = await startFaultBench({ dataDir });
  const engine = await bench.start();
  const screen = await openScreen(engine.url);
  const hours = await filled(screen, firstMs);
  expect(hours.of).toBe('itself');
  expect(hours.atMs.slice(0, 2)).toEqual([firstMs + HOUR_MS / 2, firstMs + 1.5 * HOUR_MS]);
  expect(hours.value.slice(10, 14)).toEqual([100, 100, 200, 100]);
  expect(hours.value.filter((value) => value === null)).toEqual([]);
  expect((await history(screen, Date.now() - DAY_MS)).resolution).toBe('samples');
  const days = await history(screen, Date.now() - 365 * DAY_MS);
  expect(days.resolution).toBe('day');
  // Local days of the county, of which the first and the last are not whole.
  const { dayOf } = createLocalDays(smallCounty().profile.timeZone);
  expect(days.value).toHaveLength(dayOf(Date.now() - 2 * HOUR_MS) - dayOf(firstMs) + 1);
  expect(days.value[5]).toBeCloseTo((23 * 100 + 200) / 24);
  expect([days.min?.[5], days.max?.[5]]).toEqual([100, 200]);

  // Beside the running engine.
  const backup = join(temporaryFolder(), 'backup');
  const checked = await maintain('--check', '--data', dataDir);
  expect(checked).toMatchObject({ code: 0, errors: '' });
  expect(checked.output).toMatch(/The ledger .*ledger\.db is whole: [\d,]+ hourly values/);
  expect(await maintain('--backup', backup, '--data', dataDir)).toMatchObject({ code: 0, errors: '' });
  expect(await engine.stop()).toBe(0);

  // Samples are a cache; the ledger goes on without them.
  for (const suffix of ['', '-wal', '-shm']) {
    rmSync(join(dataDir, `telemetry.db${suffix}`), { force: true });
    rmSync(join(dataDir, `ledger.db${suffix}`), { force: true });
  }
  expect(await maintain('--restore', backup, '--data', dataDir)).toMatchObject({ code: 0, errors: '' });
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, `telemetry.db${suffix}`), { force: true });
  const later = await openScreen((await bench.start()).url);
  expect((await filled(later, firstMs)).value.slice(10, 14)).toEqual([100, 100, 200, 100]);
});

it('a damaged ledger stops nothing but itself: it is left as it is, told, and comes back with a backup', async () => {
  const { dataDir, firstMs } = olderFolder();
  const bench = await startFaultBench({ dataDir });
  const first = await bench.start();
  await filled(await openScreen(first.url), firstMs);
  expect(await first.stop()).toBe(0);
  const [whole, partial] = [join(temporaryFolder(), 'whole'), join(temporaryFolder(), 'partial')];
  expect((await maintain('--backup', whole, '--data', dataDir)).code).toBe(0);

  const file = join(dataDir, 'ledger.db');
  const handle = openSync(file, 'r+');
  const half = Math.floor(statSync(file).size / 2);
  writeSync(handle, Buffer.alloc(half, 0xa5), 0, half, Math.floor(half / 2));
  closeSync(handle);
  const damaged = readFileSync(file);
  const engine = await bench.start();
  const screen = await openScreen(engine.url);
  expect(noticesOf(screen)).toMatch(
    /ledger .*ledger\.db (is damaged|cannot be used).*until an administrator restores it/,
  );
  for (let n = 0; n < 20; n++) bench.stream.send();
  await bench.complete(screen);
  // What samples there are is still shown.
  const answer = await history(screen, firstMs);
  expect([answer.resolution, answer.value.length > 100]).toEqual(['samples', true]);
  expect((await fetch(`${engine.url}/healthz`)).ok).toBe(true);
  const checked = await maintain('--check', '--data', dataDir);
  expect([checked.code, checked.output]).toEqual([1, expect.stringMatching(/ledger .*(is damaged|cannot be read)/)]);
  const saved = await maintain('--backup', partial, '--data', dataDir);
  expect(saved).toMatchObject({ code: 0, output: expect.stringMatching(/It is not in this backup/) });
  expect(existsSync(join(partial, 'ledger.db'))).toBe(false);
  expect(await engine.stop()).toBe(0);
  expect(readFileSync(file).equals(damaged)).toBe(true);

  // A backup without a ledger does not take away the one that is there.
  expect((await maintain('--restore', partial, '--data', dataDir)).code).toBe(0);
  expect(readFileSync(file).equals(damaged)).toBe(true);
  expect((await maintain('--restore', whole, '--data', dataDir)).code).toBe(0);
  const later = await openScreen((await bench.start()).url);
  expect(noticesOf(later)).not.toMatch(/ledger/);
  expect((await filled(later, firstMs)).value.slice(10, 14)).toEqual([100, 100, 200, 100]);
});
