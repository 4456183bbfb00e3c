import { join } from 'node:path';
import type { CountyMs } from '../../shared/base/clock.ts';
import { setPastAside } from './sync/deskFile.ts';
import { guardRecord, guardTelemetry, readDiskSpace } from './guardStores.ts';
import { DiskWatch, usualDiskLimits } from './health/DiskWatch.ts';
import { lockDataFolder } from './store/DataFolderLock.ts';
import { tightenDataFolder } from './store/ownOnly.ts';
import { DiskReserve } from './store/DiskReserve.ts';
import { openRecordStore } from './store/record/openRecordStore.ts';
import { openLedger } from './store/ledger/openLedger.ts';
import type { Ledger } from './store/ledger/ledger.ts';
import { openSearchStore } from './store/search/openSearchStore.ts';
import { openTelemetryStore } from './store/samples/openTelemetryStore.ts';
import { makeRoomToStart, reserveFile, startedInReserve } from './store/makeRoomToStart.ts';
import { hasRoom } from './store/room.ts';
import type { SlowCallListener } from './store/threads/StoreThread.ts';
import { loadWorkstation } from './log/workstation.ts';
import type { Workstation } from './log/workstation.ts';
import type { RecordStore, SearchStore, StoreNotice, Telemetry } from './store/store.ts';

/** Samples are kept for this many days, positions of vehicles for a week. */
export const RETENTION_DAYS = 30;
const POSITIONS_DAYS = 7;
/** A month of the whole county takes a few hundred megabytes; this bounds a larger one. */
export const MOST_BYTES = 4e9;
const MOST_DEAD_LETTERS = 10_000;
const LOOK_AT_DISK_EVERY_MS = 5000;
const MIB = 1024 ** 2;
/**
 * The disk space reserved for the record on a full disk: some ten thousand entries. It is less on a small disk, which
 * the reserve must not fill by itself.
 */
const RESERVE_BYTES = 16 * MIB;
/**
 * This many bytes must really be writable before telemetry goes on: where a quota is used up the disk itself may have
 * free space.
 */
const RESUME_BYTES = 8 * MIB;

export type Stores = {
  telemetry: Telemetry;
  record: RecordStore;
  ledger: Ledger;
  /** The index is empty at the start. */
  search: SearchStore;
  workstation: Workstation;
  /** Watches the free space on their disk. */
  disk: DiskWatch;
  /** True where the telemetry cache was made new. */
  isNew: boolean;
  close: () => Promise<void>;
};

type StoresOptions = {
  dataDir: string;
  workerPath: string;
  /** What the telemetry cache may hold. */
  mostCacheBytes?: number | undefined;
  now: () => CountyMs;
  onNotice: (notice: StoreNotice) => void;
  onSlowCall: SlowCallListener;
  /** The county's time zone, for the days of the ledger. */
  timeZone: string;
  /** The scope for which a device is added up. */
  scopeOf: (deviceId: string) => string | undefined;
};

/** Watches the disk of the folder and keeps the record's reserve on it. */
async function watchDisk(
  dataDir: string,
  onNotice: (notice: StoreNotice) => void,
): Promise<{ disk: DiskWatch; reserve: DiskReserve }> {
  const { totalBytes, freeBytes } = await readDiskSpace(dataDir);
  const reserve = new DiskReserve(
    reserveFile(dataDir),
    Math.min(RESERVE_BYTES, Math.floor(totalBytes / 8 / MIB) * MIB),
  );
  if (freeBytes > usualDiskLimits({ totalBytes, freeBytes }).lowBytes) reserve.refill();
  const resumeBytes = Math.min(RESUME_BYTES, usualDiskLimits({ totalBytes, freeBytes }).stopBytes);
  const disk = new DiskWatch({
    read: () => readDiskSpace(dataDir),
    refill: () => reserve.refill() && hasRoom(dataDir, resumeBytes),
    limits: usualDiskLimits,
    everyMs: LOOK_AT_DISK_EVERY_MS,
    onNotice,
  });
  await disk.start();
  // What a start took from the reserve belongs to the record: telemetry waits until the reserve is whole again.
  if (reserve.isOpened) disk.noteFull();
  return { disk, reserve };
}

/** What must be closed at the end, the last opened first. */
type Closers = (() => Promise<void> | void)[];

async function openRecord(
  { dataDir, workerPath, now, onNotice, onSlowCall }: StoresOptions,
  workstation: Workstation,
  closers: Closers,
): Promise<RecordStore> {
  const aside = setPastAside(dataDir, now());
  if (aside.length > 0)
    onNotice({
      level: 'info',
      text: `The record of before this workstation joined the desk is kept as ${aside.join(', ')}.`,
    });
  const { store, notices } = await openRecordStore({
    file: join(dataDir, 'record.db'),
    signer: { id: workstation.id, privateKey: workstation.privateKey },
    workerPath,
    now,
    onNotice,
    onSlowCall,
  });
  closers.push(store.close);
  for (const notice of notices) onNotice(notice);
  return store;
}

async function openTelemetry(
  { dataDir, workerPath, mostCacheBytes = MOST_BYTES, scopeOf, now, onNotice, onSlowCall }: StoresOptions,
  closers: Closers,
): Promise<{ store: Telemetry; isNew: boolean }> {
  const { store, isNew, notices } = await openTelemetryStore({
    file: join(dataDir, 'telemetry.db'),
    workerPath,
    retention: {
      samplesDays: RETENTION_DAYS,
      positionsDays: POSITIONS_DAYS,
      deadLetterCount: MOST_DEAD_LETTERS,
      mostBytes: mostCacheBytes,
    },
    scopeOf,
    now,
    onNotice,
    onSlowCall,
  });
  closers.push(store.close);
  for (const notice of notices) onNotice(notice);
  return { store, isNew };
}

async function openFiles(options: StoresOptions, closers: Closers): Promise<Omit<Stores, 'close'>> {
  const { dataDir, workerPath, timeZone, onNotice, onSlowCall } = options;
  const workstation = loadWorkstation(dataDir);
  const record = await openRecord(options, workstation, closers);
  const telemetry = await openTelemetry(options, closers);
  const { disk, reserve } = await watchDisk(dataDir, onNotice);
  closers.push(() => disk.stop());
  const ledger = await openLedger({
    file: join(dataDir, 'ledger.db'),
    workerPath,
    timeZone,
    isDiskFull: () => disk.isFull,
    onNotice,
    onSlowCall,
  });
  closers.push(ledger.close);
  const search = openSearchStore(workerPath, onSlowCall);
  closers.push(search.close);
  return {
    telemetry: guardTelemetry(telemetry.store, disk),
    record: guardRecord(record, disk, reserve),
    ledger,
    search,
    workstation,
    disk,
    isNew: telemetry.isNew,
  };
}

/** Takes the data folder and opens the files in it; throws a DataFolderError with a sentence where that fails. */
export async function openStores(options: StoresOptions): Promise<Stores> {
  const { dataDir, onNotice } = options;
  const usedBytes = makeRoomToStart(dataDir);
  const lock = lockDataFolder(dataDir);
  if (usedBytes > 0) onNotice({ level: 'error', text: startedInReserve(dataDir, usedBytes) });
  tightenDataFolder(dataDir);
  const closers: Closers = [() => lock.release()];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    return { ...(await openFiles(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
