import { existsSync, renameSync, statSync } from 'node:fs';
import { toStoreError } from './StoreError.ts';
import type { StoreError } from './StoreError.ts';
import type { Db } from './openDatabase.ts';

/**
 * Reads every page of a file and says what is wrong with it first, or undefined where it is whole. Takes about a second
 * per gigabyte.
 */
export function findDamage(db: Db): string | undefined {
  try {
    const verdict = String(db.pragma('quick_check(1)', { simple: true }));
    return verdict === 'ok' ? undefined : verdict.replaceAll('\n', ' ');
  } catch (error) {
    return toStoreError(error).message;
  }
}

/**
 * Everything that SQLite's thorough check finds, ten problems at most; none where the file is whole. Slower than
 * `findDamage`: it compares indexes, too.
 */
export function readIntegrity(db: Db): string[] {
  try {
    const rows = db.pragma('integrity_check(10)') as { integrity_check: string }[];
    return rows.map((row) => row.integrity_check.replaceAll('\n', ' ')).filter((verdict) => verdict !== 'ok');
  } catch (error) {
    return [toStoreError(error).message];
  }
}

/**
 * Whether an error at opening means that the file's content cannot be used: broken, or a database of something else
 * (its tables are not ours).
 */
export function isContentUnusable(error: StoreError): boolean {
  const { cause } = error;
  return error.code === 'damaged' || (cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_ERROR');
}

const companions = ['', '-wal', '-shm'] as const;

/** A UTC time for a file name: 2026-11-23T21-02-54Z. */
export const stampOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-') + 'Z';

/**
 * Renames a damaged file and its write-ahead journal, `telemetry.db` → `telemetry.damaged-<UTC time>.db`, and returns
 * the new path.
 */
export function setAside(file: string, atMs: number): string {
  const base = file.replace(/\.db$/, '');
  let target = `${base}.damaged-${stampOf(atMs)}.db`;
  for (let copy = 2; existsSync(target); copy++) target = `${base}.damaged-${stampOf(atMs)}-${copy}.db`;
  for (const suffix of companions) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
  }
  return target;
}

/** Bytes of a file and its write-ahead journal; 0 where there is none. */
export function bytesOf(file: string): number {
  return companions.reduce((sum, suffix) => sum + (statSync(file + suffix, { throwIfNoEntry: false })?.size ?? 0), 0);
}
