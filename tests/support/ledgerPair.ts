import { join } from 'node:path';
import { LedgerFile } from '../../main/engine/store/ledger/LedgerFile.ts';
import { LedgerReader } from '../../main/engine/store/ledger/LedgerReader.ts';
import type { LedgerPoints, LedgerQuery, MeasuredRun } from '../../main/engine/store/ledger/ledger.ts';
import type { TelemetryPair } from './telemetryPair.ts';

/** Both sides of a ledger in one thread. */
export type LedgerPair = {
  writer: LedgerFile;
  query: (query: LedgerQuery) => LedgerPoints;
  measuredRuns: (fromDay: string, toDay: string) => MeasuredRun[];
  /** Copies all changed sums of a telemetry cache, as the hourly job does. */
  fill: (from: Pick<TelemetryPair, 'writer' | 'reader'>) => number;
  close: () => void;
};

export function openLedgerPair(folder: string, timeZone: string): LedgerPair {
  const file = join(folder, 'ledger.db');
  const writer = new LedgerFile(file, timeZone);
  writer.open();
  const reader = new LedgerReader(file);
  reader.open();
  return {
    writer,
    query: (query) => reader.query(query),
    measuredRuns: (fromDay, toDay) => reader.measuredRuns(fromDay, toDay),
    fill(from) {
      let taken = 0;
      for (let changed = from.reader.changedSums(undefined); ; changed = from.reader.changedSums(changed.next)) {
        writer.putSums(changed);
        from.writer.settleChanged(changed.hours);
        taken += changed.hours.length;
        if (changed.next === undefined) return taken;
      }
    },
    close() {
      reader.close();
      writer.close();
    },
  };
}
