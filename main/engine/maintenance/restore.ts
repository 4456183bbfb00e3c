import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeskKey } from '../people/DeskKey.ts';
import { hashedFolders } from './backUp.ts';
import { checkDataFolder } from './checkDataFolder.ts';
import { stampOf } from '../store/damage.ts';
import { DataFolderError, explainOpenError } from '../store/DataFolderError.ts';
import { lockDataFolder } from '../store/DataFolderLock.ts';
import { toStoreError } from '../store/StoreError.ts';

/** What a backup holds and a restoration replaces; files set aside for damage, the lock and the engine's name stay. */
const isOurs = (name: string): boolean =>
  /^(record(-\d+)?|telemetry|ledger)\.db(-wal|-shm)?$|^(alarms\.json|alarm-times\.txt|county-log\.jsonl)$/.test(name);

/** What is restored was sealed with the keys of the backup, what came since perhaps with others: both are needed. */
function restoreKeys(dataDir: string, backup: string): void {
  const [here, saved] = [join(dataDir, 'desk-key.json'), join(backup, 'desk-key.json')];
  if (!existsSync(saved)) return;
  if (existsSync(here)) DeskKey.load(here).addFrom(saved);
  else copyFileSync(saved, here);
}

function move(names: readonly string[], from: string, to: string): void {
  for (const name of names) renameSync(join(from, name), join(to, name));
}

/** A name that is free: two restorations in one second are two. */
function asideOf(dataDir: string, nowMs: number): string {
  const base = join(dataDir, `replaced-${stampOf(nowMs)}`);
  let path = base;
  for (let copy = 2; existsSync(path); copy++) path = `${base}-${copy}`;
  return path;
}

/**
 * Puts a backup in the place of what a data folder holds, and sets that aside. Everything is copied before anything is
 * moved, so that a full disk changes nothing. Returns what was done; throws a DataFolderError where an engine has the
 * folder or the backup is not whole.
 */
export function restore(dataDir: string, backup: string, nowMs: number): string[] {
  const { findings } = checkDataFolder(backup);
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
    // Those of both are kept.
    for (const name of hashedFolders)
      if (existsSync(join(backup, name)))
        cpSync(join(backup, name), join(dataDir, name), { recursive: true, force: false });
    // A backup without a ledger leaves the one that is here: it holds years, and nothing of it is in the other files.
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
    return [...told, `Restored from ${backup}: ${names.join(', ')}.`];
  } catch (error) {
    throw explainOpenError(toStoreError(error), dataDir);
  } finally {
    rmSync(arriving, { recursive: true, force: true });
    lock.release();
  }
}
