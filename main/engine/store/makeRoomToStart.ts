import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DiskReserve, STEP_BYTES } from './DiskReserve.ts';
import { hasRoom } from './room.ts';

/** Locks, shared memory of three databases, and the first entries of the record. */
const START_BYTES = 2 * 1024 * 1024;

/** The file of the data folder that holds disk space for the record. */
export const reserveFile = (dataDir: string): string => join(dataDir, 'reserve');

/**
 * Gives up as much of the record's reserve as a start needs, where the disk has nothing left: after a crash on a full
 * disk Beacon must come back. Returns how many bytes were given up.
 */
export function makeRoomToStart(dataDir: string): number {
  if (statSync(reserveFile(dataDir), { throwIfNoEntry: false }) === undefined) return 0;
  const reserve = new DiskReserve(reserveFile(dataDir), 0);
  let steps = 0;
  while (!hasRoom(dataDir, START_BYTES) && reserve.giveUpStep()) steps++;
  return steps * STEP_BYTES;
}

/** What is said where a start needed the reserve. */
export const startedInReserve = (dataDir: string, bytes: number): string =>
  `There was no room left on the disk of ${dataDir}: Beacon started in ${String(Math.round(bytes / STEP_BYTES))} MB of its reserve. Free space on the disk; until then telemetry is not kept.`;
