import { dirname, join } from 'node:path';
import { createLocalTime } from '../../../shared/base/localTime.ts';
import type { County } from '../../../shared/county/county.ts';
import type { EngineOptions } from '../base/engine.ts';
import type { SeriesDictionary } from '../ingest/BatchBuilder.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import type { History } from '../store/store.ts';
import { Bills } from './Bills.ts';
import { MeterDays } from './MeterDays.ts';

type BillingSources = {
  options: Pick<EngineOptions, 'countyDir' | 'dataDir' | 'storeWorkerPath'>;
  county: County;
  history: Pick<History, 'steps'>;
  ledger: Pick<Ledger, 'putMeterDays'>;
  series: Pick<SeriesDictionary, 'find'>;
  nowMs: () => number;
};

/** What makes bills: the daily use of meters, and the list of bills that would be wrong. */
export type Billing = { bills: Bills; meterDays: MeterDays };

/** Opens the billing of a county; without accounts and tariffs it does nothing. */
export function openBilling({ options, county, history, ledger, series, nowMs }: BillingSources): Billing {
  const { dayNumber } = createLocalTime(county.profile.timeZone);
  return {
    meterDays: new MeterDays({ county, history, ledger, seriesOf: (id, quantity) => series.find(id, quantity), nowMs }),
    bills: new Bills({
      countyDir: options.countyDir,
      ledgerFile: join(options.dataDir, 'ledger.db'),
      workerPath: join(dirname(options.storeWorkerPath), 'billsWorker.js'),
      today: () => dayNumber(nowMs()),
    }),
  };
}
