import { randomFillSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isNoRoom, StoreError } from './StoreError.ts';

const KIB = 1024;
/** Some pages more than SQLite's failed write. */
const SOME_BYTES = 64 * KIB;
const BLOCK_BYTES = 256 * KIB;

/**
 * Whether so many bytes can really be written to a folder. It tries, because a quota on the folder shows in no figure
 * of the disk, and removes the bytes before it returns. Where writing fails for another reason it returns true.
 */
export function hasRoom(folder: string, bytes: number): boolean {
  const file = join(folder, `room-${process.pid}-${performance.now()}`);
  try {
    const handle = openSync(file, 'wx');
    try {
      // Random bytes, which a file system that compresses cannot make small.
      const block = randomFillSync(Buffer.alloc(Math.min(bytes, BLOCK_BYTES)));
      for (let at = 0; at < bytes;) at += writeSync(handle, block, 0, Math.min(block.length, bytes - at));
      fsyncSync(handle);
      return true;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return !(error instanceof Error && isNoRoom(error));
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * Finds out whether a failed call of a store really met a full disk. SQLite knows only ENOSPC as a full disk: it
 * reports a used-up quota (EDQUOT) as an error of the device, as it does a broken disk. A write of our own into the
 * same folder distinguishes the two.
 */
export function judgeRoom(error: StoreError, folder: string): StoreError {
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (
    error.code !== 'failed' ||
    !/^SQLITE_IOERR_(WRITE|FSYNC|TRUNCATE|CLOSE)/.test(code) ||
    hasRoom(folder, SOME_BYTES)
  )
    return error;
  return new StoreError('full', 'the disk is full, or a quota of the data folder is used up', { cause: error });
}
