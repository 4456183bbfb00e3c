import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LedgerFile } from '../../../main/engine/store/ledger/LedgerFile.ts';
import { DAY_MS } from '../../../shared/base/durations.ts';
import { createLocalDays } from '../../../shared/base/localDays.ts';
import { openScreen } from '../../support/openScreen.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import { startFaultBench } from '../../support/startFaultBench.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const { timeZone } = smallCounty().profile;
const METERS = 5;
const DAYS = 130;
/** For so many days the register of one meter has stood still, so also at the end of the last month. */
const STILL_DAYS = 70;

/** A data folder whose ledger has months of daily use, 10 kWh per day. */
function filledFolder(ids: readonly string[]): string {
  const dataDir = join(temporaryFolder(), 'data');
  mkdirSync(dataDir);
  const today = createLocalDays(timeZone).dayOf(Date.now());
  const ledger = new LedgerFile(join(dataDir, 'ledger.db'), timeZone);
  ledger.open();
  ledger.putMeterDays(
    ids.map((meterId, at) => ({
      meterId,
      days: Array.from({ length: DAYS }, (_, back) => ({
        ...{ day: today - DAYS + back, use: at === 2 && back >= DAYS - STILL_DAYS ? 0 : 10, windows: [], peakKw: 1 },
        hours: { actual: 24, linear: 0, likeDays: 0, missing: 0 },
      })),
    })),
  );
  ledger.close();
  return dataDir;
}

it('a supervisor gets the list of bills that would be wrong, and a county without tariffs none', async () => {
  const plain = await startFaultBench();
  const unbilled = await openScreen((await plain.start()).url);
  expect(await unbilled.request('bills.wrong', {})).toEqual({});
  const ids = Array.from({ length: METERS }, (_, at) => `F1-${at}`);

  const bench = await startFaultBench({ dataDir: filledFolder(ids), brokerUrl: plain.url });
  const rows = ids.map((id, at) => `A${at},${id},singleFamily`);
  writeFileSync(join(bench.countyDir, 'accounts.csv'), ['id,meters,customerClass', ...rows].join('\n'));
  const tariff = { id: 'R', name: 'Home', commodity: 'electricity', classes: ['singleFamily'], fixedPerDay: '0.50' };
  const tariffs = { currency: 'USD', tariffs: [{ ...tariff, blocks: [{ price: '0.1' }] }] };
  writeFileSync(join(bench.countyDir, 'tariffs.json'), JSON.stringify(tariffs));
  const { url } = await bench.start();
  const { found } = await (await openScreen(url)).request('bills.wrong', {});
  expect(found).toMatchObject({ currency: 'USD', bills: METERS, wrongCount: 1 });
  expect(found?.wrong).toMatchObject([{ accountId: 'A2', meterId: ids[2], faults: ['still'] }]);
  const [wrong] = found?.wrong ?? [];
  const [fromDay, toDay] = [wrong?.fromDay ?? 0, wrong?.toDay ?? 0];
  expect([new Date(fromDay * DAY_MS).getUTCDate(), new Date(toDay * DAY_MS).getUTCDate()]).toEqual([1, 1]);
  expect(wrong?.totalCents).toBe((toDay - fromDay) * 50);
  expect(found?.totalCents).toBe((toDay - fromDay) * (METERS * 50 + (METERS - 1) * 100));
});
