import { join } from 'node:path';
import { lockDataFolder } from './store/DataFolderLock.ts';
import { openRecordStore } from './store/openRecordStore.ts';
import { openTelemetryStore } from './store/openTelemetryStore.ts';
import type { SlowCallListener } from './store/StoreThread.ts';
import type { RecordStore, StoreNotice, TelemetryStore } from './store/store.ts';

/** Samples are kept this long, positions of vehicles a week. */
export const RETENTION_DAYS = 30;
const POSITIONS_DAYS = 7;
/** A month of the whole county takes a few hundred megabytes; this bounds a larger one. */
const MOST_BYTES = 4e9;
const MOST_DEAD_LETTERS = 10_000;

export type Stores = {
  telemetry: TelemetryStore;
  record: RecordStore;
  /** True where the telemetry cache was made new. */
  isNew: boolean;
  close: () => Promise<void>;
};

/** Takes the data folder and opens both files in it; throws a DataFolderError with a sentence where that cannot be. */
export async function openStores(dataDir: string, workerPath: string, now: () => number, onNotice: (notice: StoreNotice) => void, onSlowCall: SlowCallListener, scopeOf: (deviceId: string) => string | undefined): Promise<Stores> {
  const lock = lockDataFolder(dataDir);
  try {
    const record = await openRecordStore({ file: join(dataDir, 'record.db'), workerPath, now, onNotice, onSlowCall });
    const retention = { samplesDays: RETENTION_DAYS, positionsDays: POSITIONS_DAYS, deadLetterCount: MOST_DEAD_LETTERS, mostBytes: MOST_BYTES };
    const telemetry = await openTelemetryStore({ file: join(dataDir, 'telemetry.db'), workerPath, retention, scopeOf, now, onNotice, onSlowCall }).catch(async (error: unknown) => {
      await record.store.close();
      throw error;
    });
    for (const notice of [...record.notices, ...telemetry.notices]) onNotice(notice);
    const close = async (): Promise<void> => {
      await telemetry.store.close();
      await record.store.close();
      lock.release();
    };
    return { telemetry: telemetry.store, record: record.store, isNew: telemetry.isNew, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
