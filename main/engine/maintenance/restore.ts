import { randomInt } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadWorkstation } from '../log/workstation.ts';
import { DeskKey } from '../people/DeskKey.ts';
import { readCountyInUse, writeCountyInUse } from '../registry/countyInUse.ts';
import { stampOf } from '../store/damage.ts';
import { DataFolderError, explainOpenError } from '../store/DataFolderError.ts';
import { lockDataFolder } from '../store/DataFolderLock.ts';
import { epochReached } from '../store/record/logTable.ts';
import { RecordFile } from '../store/record/RecordFile.ts';
import { toStoreError } from '../store/StoreError.ts';
import { COUNTY_COPY, treatmentOf } from './backupFiles.ts';
import { checkDataFolder } from './checkDataFolder.ts';
import { hasIdentity, isAdmittedBy, readIdentity } from './identity.ts';
import { entriesIn } from './logProof.ts';

/**
 * The epoch of a restored folder is drawn among so many that two folders restored from one backup, and the workstation
 * that the backup is of, hardly ever write the same one; where they do, the younger process gives way. Epochs have six
 * digits, so there is room for some two hundred restorations.
 */
const EPOCH_JUMP = 10_000;

/** Files that say what was before the backup; without a successor in it they would contradict the restored record. */
const goesWithRecord = (name: string): boolean =>
  /^(alarms\.json|alarm-history\.json|alarm-times\.txt|standing-facts\.jsonl|county-log\.jsonl)$/.test(name);

/**
 * Whether the folder stays the workstation that it is: its desk is the one of the backup, and the log of the backup
 * knows it. Everywhere else the folder becomes the workstation that was backed up, because the log believes nobody
 * else, and nobody could sign in.
 */
function keepsIdentity(dataDir: string, backup: string): boolean {
  if (!hasIdentity(backup)) return true;
  const [here, saved] = [readIdentity(dataDir), readIdentity(backup)];
  return (
    here.deskId === saved.deskId && here.workstation !== undefined && isAdmittedBy(entriesIn(backup), here.workstation)
  );
}

/**
 * The restored entries were encrypted with the keys of the backup, later entries perhaps with other keys: both are
 * needed.
 */
function mergeKeys(dataDir: string, backup: string): void {
  const [here, saved] = [join(dataDir, 'desk-key.json'), join(backup, 'desk-key.json')];
  if (!existsSync(saved)) return;
  if (existsSync(here)) DeskKey.load(here).addFrom(saved);
  else cpSync(saved, here);
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

/** What arrives from the backup, and what of the folder makes room for it. */
function planOf(dataDir: string, backup: string): { names: string[]; present: string[]; isKept: boolean } {
  const isKept = keepsIdentity(dataDir, backup);
  const arrives = (name: string): boolean => {
    const treatment = treatmentOf(name) ?? 'left';
    if (treatment === 'identity' || treatment === 'key') return !isKept;
    return ['record', 'database', 'file', 'folder'].includes(treatment);
  };
  // A damaged file of the record comes with its write-ahead journal.
  const isJournal = (name: string): boolean => /^record(-\d+)?\.db-wal$/.test(name);
  const names = readdirSync(backup).filter((name) => arrives(name) || isJournal(name));
  const makesRoom = (name: string): boolean => {
    const database = /^(record|telemetry|ledger)(-\d+)?\.db(-wal|-shm)?$/.exec(name)?.[1];
    // A backup without a ledger leaves the present ledger in place: it holds years of values that are in no other file.
    if (database !== undefined) return database !== 'ledger' || names.includes('ledger.db');
    return names.includes(name) || goesWithRecord(name);
  };
  return { names, present: readdirSync(dataDir).filter(makesRoom), isKept };
}

/** Begins an epoch that nobody else writes, whatever the workstation of the backup, or a second copy of it, does. */
function beginEpoch(dataDir: string, nowMs: number): string {
  const workstation = loadWorkstation(dataDir);
  const record = new RecordFile(join(dataDir, 'record.db'), workstation);
  record.open(nowMs);
  try {
    const reached = epochReached(Object.keys(record.heads().heads), workstation.id);
    const reason = 'The data folder was restored from a backup.';
    return record.beginEpoch(reason, nowMs, reached + 1 + randomInt(EPOCH_JUMP)).sequence;
  } finally {
    record.close();
  }
}

/** Says where the restored county is, and notes it, so that a report finds it. */
function settleCounty(dataDir: string, names: readonly string[]): string[] {
  const county = readCountyInUse(dataDir);
  if (county === undefined || !names.includes(COUNTY_COPY)) return [];
  const folder = join(dataDir, COUNTY_COPY);
  writeCountyInUse(dataDir, { ...county, folder });
  return [`The files of the county ${county.name} are in ${folder}: start with --county ${folder}.`];
}

/** The end of a restoration: an epoch of its own, and what the administrator has to know. */
function settle(dataDir: string, backup: string, names: readonly string[], isKept: boolean, nowMs: number): string[] {
  if (!hasIdentity(backup) && !hasIdentity(dataDir))
    return [
      `This backup is of an earlier version and has no identity (workstation.json, desk.json): copy both from the old data folder into ${dataDir} before the start, or nobody can sign in.`,
    ];
  const sequence = beginEpoch(dataDir, nowMs);
  const { workstation } = readIdentity(dataDir);
  return [
    ...settleCounty(dataDir, names),
    `What is written here from now on is ${sequence}, so that no number is written twice.`,
    ...(isKept
      ? []
      : [
          `This folder is the workstation ${workstation?.name ?? ''} now. If the old one still runs, both say so, and an administrator gives one of them an identity of its own.`,
        ]),
  ];
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
    const { names, present, isKept } = planOf(dataDir, backup);
    for (const name of names) cpSync(join(backup, name), join(arriving, name), { recursive: true });
    if (isKept) mergeKeys(dataDir, backup);
    // The files of both the folder and the backup are kept.
    for (const name of readdirSync(backup).filter((each) => treatmentOf(each) === 'shared'))
      cpSync(join(backup, name), join(dataDir, name), { recursive: true, force: false });
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
    return [
      ...told,
      ...unsigned,
      `Restored from ${backup}: ${names.join(', ')}.`,
      ...settle(dataDir, backup, names, isKept, nowMs),
    ];
  } catch (error) {
    throw explainOpenError(toStoreError(error), dataDir);
  } finally {
    rmSync(arriving, { recursive: true, force: true });
    lock.release();
  }
}
