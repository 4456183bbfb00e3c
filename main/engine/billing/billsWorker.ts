import { parentPort, workerData } from 'node:worker_threads';
import { loadCounty } from '../registry/loadCounty.ts';
import { openReader } from '../store/openDatabase.ts';
import { readMeterDays } from '../store/ledger/meterDays.ts';
import { judgePeriods } from './judgePeriods.ts';
import type { BillsOrder } from './Bills.ts';

const { countyDir, ledgerFile, today } = workerData as BillsOrder;

const county = await loadCounty(countyDir);
const db = openReader(ledgerFile);
try {
  parentPort?.postMessage(judgePeriods(county, today, (fromDay, toDay) => readMeterDays(db, fromDay, toDay)));
} finally {
  db.close();
}
