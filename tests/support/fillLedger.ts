import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../main/engine/store/ledger/openLedger.ts';
import type { Quantity } from '../../shared/base/quantities.ts';

const workerPath = join(import.meta.dirname, '../../out/main/storeWorker.js');
const QUARTER_MS = 900_000;
const HOUR_MS = 4 * QUARTER_MS;
const DAY_MS = 24 * HOUR_MS;

type Kept = { scope: string; quantity: Quantity; days: number; valueAt: (atMs: number) => number };

/** Writes hourly values of a number of days up to now into the ledger of a data folder. */
export async function fillLedger(dataDir: string, timeZone: string, series: readonly Kept[]): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const ledger = await openLedger({
    file: join(dataDir, 'ledger.db'),
    workerPath: workerPath,
    timeZone,
    isDiskFull: () => false,
    onNotice: ({ text }) => {
      throw new Error(text);
    },
  });
  const toMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  for (const { scope, quantity, days, valueAt } of series) {
    const fromMs = toMs - days * DAY_MS;
    const atMs = Float64Array.from({ length: days * 96 }, (_, quarter) => fromMs + quarter * QUARTER_MS);
    await ledger.putSums({
      hours: [
        {
          scope,
          quantity,
          hour: fromMs / HOUR_MS,
          hours: days * 24,
          version: 1,
          fromMs,
          toMs,
          known: 1,
          partBeforeMs: 0,
          quarters: atMs.length,
        },
      ],
      columns: { atMs, sum: atMs.map(valueAt), series: atMs.map(() => 1) },
      next: undefined,
    });
  }
  await ledger.close();
}
