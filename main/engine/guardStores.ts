import { statfs } from 'node:fs/promises';
import type { DiskSpace, DiskWatch } from './health/DiskWatch.ts';
import type { DiskReserve } from './store/DiskReserve.ts';
import { StoreError, toStoreError } from './store/StoreError.ts';
import type { RecordStore, Telemetry } from './store/store.ts';

export async function readDiskSpace(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Wraps the cache so that it writes nothing while the disk is full: the little space left belongs to the record. */
export function guardTelemetry(store: Telemetry, disk: DiskWatch): Telemetry {
  const noting = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (toStoreError(error).code === 'full') disk.noteFull();
      throw error;
    }
  };
  return {
    ...store,
    commit: (batch) =>
      disk.isFull
        ? Promise.reject(new StoreError('full', 'The disk of the data folder is full.'))
        : noting(store.commit(batch)),
    // Sealing and deleting write to the write-ahead journal first, too.
    tend: async (nowMs, isForced) => (disk.isFull ? undefined : noting(store.tend(nowMs, isForced))),
    sweep: async (nowMs) => (disk.isFull ? 0 : noting(store.sweep(nowMs))),
  };
}

/** Wraps the record so that it goes on when the disk is full, in the space reserved for it. */
export function guardRecord(store: RecordStore, disk: DiskWatch, reserve: DiskReserve): RecordStore {
  const inReserve = async <T>(write: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (toStoreError(error).code !== 'full') throw error;
        disk.noteFull();
        if (!reserve.giveUpStep()) throw error;
      }
    }
  };
  return {
    ...store,
    append: (...entry) => inReserve(() => store.append(...entry)),
    merge: (entries, keys) => inReserve(() => store.merge(entries, keys)),
    beginEpoch: (reason, leastEpoch) => inReserve(() => store.beginEpoch(reason, leastEpoch)),
  };
}
