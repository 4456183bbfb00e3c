import { statfs } from 'node:fs/promises';
import type { DiskSpace, DiskWatch } from './health/DiskWatch.ts';
import type { DiskReserve } from './store/DiskReserve.ts';
import { StoreError, toStoreError } from './store/StoreError.ts';
import type { RecordStore, TelemetryStore } from './store/store.ts';

export async function readDiskSpace(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** A cache that leaves a full disk alone: what little room there is belongs to the record. */
export function guardTelemetry(store: TelemetryStore, disk: DiskWatch): TelemetryStore {
  return {
    ...store,
    async commit(batch) {
      if (disk.isFull) throw new StoreError('full', 'The disk of the data folder is full.');
      try {
        return await store.commit(batch);
      } catch (error) {
        if (toStoreError(error).code === 'full') disk.noteFull();
        throw error;
      }
    },
    // Deleting writes to the log first, and gives no room back to the disk.
    sweep: async (nowMs) => (disk.isFull ? 0 : store.sweep(nowMs)),
  };
}

/** A record that goes on when the disk is full, in the room reserved for it. */
export function guardRecord(store: RecordStore, disk: DiskWatch, reserve: DiskReserve): RecordStore {
  return {
    ...store,
    async append(atMs, actor, event) {
      for (;;) {
        try {
          return await store.append(atMs, actor, event);
        } catch (error) {
          if (toStoreError(error).code !== 'full') throw error;
          disk.noteFull();
          if (!reserve.giveUpStep()) throw error;
        }
      }
    },
  };
}
