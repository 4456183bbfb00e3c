import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { checkLedger } from '../../../../../main/engine/maintenance/checkLedger.ts';
import { judgePeriods } from '../../../../../main/engine/billing/judgePeriods.ts';
import { MeterDays } from '../../../../../main/engine/billing/MeterDays.ts';
import { readMeterDays } from '../../../../../main/engine/store/ledger/meterDays.ts';
import { openReader } from '../../../../../main/engine/store/openDatabase.ts';
import { DAY_MS, HOUR_MS } from '../../../../../shared/base/durations.ts';
import { tariffsSchema } from '../../../../../shared/county/accounts.ts';
import { makeCounty, makeMeters } from '../../../../support/makeCounty.ts';
import { openLedgerPair } from '../../../../support/ledgerPair.ts';
import { openTelemetryPair } from '../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { batchOf } from '../store/samples/telemetryBatches.ts';
import type { SampleRow } from '../store/samples/telemetryBatches.ts';

const HOMES = 14;
const DAYS = 62;
/** 1 March; the period is March. */
const MARCH = Date.UTC(2026, 2, 1) / DAY_MS;
const FIRST = MARCH - 31;
const meters = makeMeters(HOMES, 'water', 'West');
const { county } = makeCounty({
  meters,
  accounts: meters.map(({ id }) => ({ id: `account of ${id}`, meters: [id], customerClass: 'singleFamily' })),
  tariffs: tariffsSchema.parse({
    currency: 'USD',
    tariffs: [
      {
        ...{ id: 'W', name: 'Water', commodity: 'water', classes: ['singleFamily'], fixedPerDay: '0' },
        blocks: [{ price: '1' }],
        windows: [{ name: 'Night', from: '00:00', to: '06:00', days: 'all', price: '2' }],
      },
    ],
  }),
});

/** Stored hourly reads of 24 litres per hour. `isRead`: whether there is one; `factor`: what its last hour counts. */
async function run(
  isRead: (home: number, day: number, hour: number) => boolean,
  factor: (home: number, day: number) => number,
) {
  const folder = temporaryFolder();
  const cache = openTelemetryPair(folder, (FIRST - 1) * DAY_MS);
  const ledger = openLedgerPair(folder, county.profile.timeZone);
  const db = openReader(join(folder, 'ledger.db'));
  onTestFinished(() => [db, cache, ledger].forEach((each) => each.close()));
  const rows = meters.flatMap((_, home): SampleRow[] => {
    let value = 100;
    return Array.from({ length: DAYS * 24 + 1 }, (__, hour): SampleRow => {
      value += hour === 0 ? 0 : 0.024 * factor(home, Math.floor((hour - 1) / 24));
      return { series: home + 1, atMs: FIRST * DAY_MS + hour * HOUR_MS, value: Number(value.toFixed(3)) };
    }).filter(({ atMs }) => {
      const hour = Math.round((atMs - FIRST * DAY_MS) / HOUR_MS);
      return isRead(home, Math.floor(hour / 24), hour % 24);
    });
  });
  const newSeries = meters.map(({ id }, at) => ({ id: at + 1, deviceId: id, quantity: 'registerM3' as const }));
  cache.writer.commit(batchOf(rows, { newSeries }), FIRST * DAY_MS);
  let nowMs = 0;
  const days = new MeterDays({
    county,
    history: { steps: (...asked) => Promise.resolve(cache.steps(...asked)) },
    ledger: {
      putMeterDays: (all) => {
        ledger.writer.putMeterDays(all);
        return Promise.resolve();
      },
    },
    seriesOf: (deviceId) => meters.findIndex(({ id }) => id === deviceId) + 1,
    nowMs: () => nowMs,
  });
  // The job runs daily; a week between two runs is as good, since days of this long are made again.
  for (let day = 7; day <= DAYS + 1; day += 7) {
    nowMs = (FIRST + day) * DAY_MS + 2 * HOUR_MS;
    await days.write();
  }
  return {
    file: join(folder, 'ledger.db'),
    judge: () => judgePeriods(county, FIRST + DAYS, (fromDay, toDay) => readMeterDays(db, fromDay, toDay)),
    days: (home: number) => readMeterDays(db, 0, FIRST + DAYS).get(meters[home]?.id ?? '') ?? [],
    sweep: (day: number) => ledger.writer.sweepMeterDays(day * DAY_MS),
  };
}

it('stored reads become days, and days the list of wrong bills', async () => {
  const { days, judge, sweep } = await run(
    () => true,
    (home, day) => (home === 3 && day >= 40 ? 10 : 1),
  );
  expect(days(0).slice(0, 3)).toMatchObject([
    { day: FIRST, use: 0.576, windows: [0.144], hours: { actual: 24, missing: 0 } },
    { day: FIRST + 1 },
    { day: FIRST + 2 },
  ]);
  // 31 days of 0.576 m³, a quarter of it at night for twice the price.
  const right = Math.round(31 * 0.432 * 100) + Math.round(31 * 0.144 * 200);
  const judged = judge();
  expect(judged).toMatchObject({ bills: HOMES, wrongCount: 1 });
  expect(judged?.wrong).toMatchObject([
    { accountId: 'account of West-3', fromDay: MARCH, toDay: MARCH + 31, faults: ['factor'] },
  ]);
  expect((judged?.totalCents ?? 0) - (judged?.wrong[0]?.totalCents ?? 0)).toBe(right * (HOMES - 1));
  expect(sweep(FIRST + 10)).toMatchObject({ hasMore: false });
  expect(days(0)[0]?.day).toBe(FIRST + 10);
});

it('a day of the ledger that was altered is found by its check', async () => {
  const { file } = await run(
    () => true,
    () => 1,
  );
  expect(checkLedger(file).findings).toEqual([]);
  const db = new Database(file);
  db.exec('UPDATE meter_days SET checksum = checksum + 1 WHERE day = (SELECT min(day) FROM meter_days)');
  db.close();
  expect(checkLedger(file).findings).toEqual([expect.stringContaining('do not match their checksum')]);
});

it('a gap of days is filled to the register when the meter is heard again, and missing until then', async () => {
  const { days } = await run(
    (home, day, hour) => home !== 2 || day < 50 || day >= 53 || (day === 50 && hour === 0),
    () => 1,
  );
  const filled = days(2).filter(({ day }) => day >= FIRST + 50 && day < FIRST + 53);
  expect(filled.map(({ hours }) => hours.likeDays)).toEqual([24, 24, 24]);
  expect(filled.reduce((sum, { use }) => sum + use, 0)).toBeCloseTo(3 * 0.576, 2);
});

it('a meter that fell silent for good has bills with missing days', async () => {
  const { judge } = await run(
    (home, day) => home !== 5 || day < 52,
    () => 1,
  );
  expect(judge()?.wrong).toMatchObject([
    { accountId: 'account of West-5', faults: ['missing'], evidence: '32 % of the hours have no read.' },
  ]);
});
