import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeskKey } from '../people/DeskKey.ts';
import { hashedFolders } from './backUp.ts';
import { checkDataFolder } from './checkDataFolder.ts';
import { stampOf } from '../store/damage.ts';
import { DataFolderError, explainOpenError } from '../store/DataFolderError.ts';
import { lockDataFolder } from '../store/DataFolderLock.ts';
import { toStoreError } from '../store/StoreError.ts';

/**
 * Whether a file belongs to a backup, so that a restoration replaces it. Files set aside for damage, the lock and the
 * engine's name stay.
 */
const isOurs = (name: string): boolean =>
  /^(record(-\d+)?|telemetry|ledger)\.db(-wal|-shm)?$|^(alarms\.json|alarm-history\.json|alarm-times\.txt|county-log\.jsonl)$/.test(
    name,
  );

/**
 * The restored entries were encrypted with the keys of the backup, later entries perhaps with other keys: both are
 * needed.
 */
function restoreKeys(dataDir: string, backup: string): void {
  const [here, saved] = [join(dataDir, 'desk-key.json'), join(backup, 'desk-key.json')];
  if (!existsSync(saved)) return;
  if (existsSync(here)) DeskKey.load(here).addFrom(saved);
  else copyFileSync(saved, here);
}

function move(names: readonly string[], from: string, to: string): void {
  for (const name of names) renameSync(join(from, name), join(to, name));
}

/** A folder name that is free, also for a second restoration within the same second. */
function asideOf(dataDir: string, nowMs: number): string {
  const base = join(dataDir, `replaced-${stampOf(nowMs)}`);
  let path = base;
  for (let copy = 2; existsSync(path); copy++) path = `${base}-${copy}`;
  return path;
}

/**
 * Replaces the content of a data folder with a backup, and sets the old content aside. Everything is copied before
 * anything is moved, so that a full disk changes nothing. Returns what was done; throws a DataFolderError where an
 * engine has the folder or the backup is not whole.
 */
export function restore(dataDir: string, backup: string, nowMs: number): string[] {
  const { findings, unsigned } = checkDataFolder(backup);
  if (findings.length > 0)
    throw new DataFolderError(
      `Nothing was restored, because the backup in ${backup} is not whole. ${findings.join(' ')}`,
    );
  const lock = lockDataFolder(dataDir);
  const arriving = join(dataDir, 'restoring');
  try {
    rmSync(arriving, { recursive: true, force: true });
    mkdirSync(arriving);
    const names = readdirSync(backup).filter(isOurs);
    for (const name of names) copyFileSync(join(backup, name), join(arriving, name));
    restoreKeys(dataDir, backup);
    // The files of both the folder and the backup are kept.
    for (const name of hashedFolders)
      if (existsSync(join(backup, name)))
        cpSync(join(backup, name), join(dataDir, name), { recursive: true, force: false });
    // A backup without a ledger leaves the present ledger in place: it holds years of values that are in no other file.
    const isReplaced = (name: string): boolean =>
      isOurs(name) && (names.includes('ledger.db') || !/^ledger/.test(name));
    const present = readdirSync(dataDir).filter(isReplaced);
    const aside = asideOf(dataDir, nowMs);
    if (present.length > 0) mkdirSync(aside);
    move(present, dataDir, aside);
    move(names, arriving, dataDir);
    const told =
      present.length > 0
        ? [
            `What was in ${dataDir} was set aside as ${aside}: ${present.join(', ')}. What came after the backup is only there.`,
          ]
        : [];
    return [...told, ...unsigned, `Restored from ${backup}: ${names.join(', ')}.`];
  } catch (error) {
    throw explainOpenError(toStoreError(error), dataDir);
  } finally {
    rmSync(arriving, { recursive: true, force: true });
    lock.release();
  }
}
