import { randomInt } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
import { COUNTY_COPY, isSecretFile, SECRET_FOLDER_MODE, SECRET_MODE, treatmentOf } from './backupFiles.ts';
import { checkDataFolder } from './checkDataFolder.ts';
import { decryptSecrets, hasEncryptedSecrets } from './encryptedSecrets.ts';
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

/** A backup, and the folder that has its secret files: the same one, unless they had to be decrypted elsewhere. */
type Backup = { folder: string; secrets: string };

const namesIn = ({ folder, secrets }: Backup): string[] => [
  ...new Set([...readdirSync(folder), ...readdirSync(secrets)]),
];
const pathIn = ({ folder, secrets }: Backup, name: string): string => join(isSecretFile(name) ? secrets : folder, name);

/** Decrypts the secrets of a backup into a folder, where they are encrypted. Throws a DataFolderError. */
function openBackup(folder: string, passphrase: string | undefined, into: string): Backup {
  if (!hasEncryptedSecrets(folder)) return { folder, secrets: folder };
  if (passphrase === undefined)
    throw new DataFolderError(`The secrets of the backup in ${folder} are encrypted. Its passphrase is needed.`);
  const files = decryptSecrets(folder, passphrase);
  mkdirSync(into, { mode: SECRET_FOLDER_MODE });
  for (const [name, bytes] of files)
    if (isSecretFile(name)) writeFileSync(join(into, name), bytes, { mode: SECRET_MODE });
  return { folder, secrets: into };
}

/**
 * Whether the folder stays the workstation that it is: its desk is the one of the backup, and the log of the backup
 * knows it. Everywhere else the folder becomes the workstation that was backed up, because the log believes nobody
 * else, and nobody could sign in.
 */
function keepsIdentity(dataDir: string, { folder, secrets }: Backup): boolean {
  if (!hasIdentity(secrets)) return true;
  const [here, saved] = [readIdentity(dataDir), readIdentity(secrets)];
  return (
    here.deskId === saved.deskId && here.workstation !== undefined && isAdmittedBy(entriesIn(folder), here.workstation)
  );
}

/**
 * The restored entries were encrypted with the keys of the backup, later entries perhaps with other keys: both are
 * needed.
 */
function mergeKeys(dataDir: string, { secrets }: Backup): void {
  const [here, saved] = [join(dataDir, 'desk-key.json'), join(secrets, 'desk-key.json')];
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
function planOf(dataDir: string, backup: Backup): { names: string[]; present: string[]; isKept: boolean } {
  const isKept = keepsIdentity(dataDir, backup);
  const arrives = (name: string): boolean => {
    const treatment = treatmentOf(name) ?? 'left';
    if (treatment === 'identity' || treatment === 'key') return !isKept;
    return ['record', 'database', 'file', 'folder'].includes(treatment);
  };
  // A damaged file of the record comes with its write-ahead journal.
  const isJournal = (name: string): boolean => /^record(-\d+)?\.db-wal$/.test(name);
  const names = namesIn(backup).filter((name) => arrives(name) || isJournal(name));
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
function settle(dataDir: string, backup: Backup, names: readonly string[], isKept: boolean, nowMs: number): string[] {
  if (!hasIdentity(backup.secrets) && !hasIdentity(dataDir))
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
 * engine has the folder, the backup is not whole, or the passphrase of its secrets is missing or wrong.
 */
export function restore(dataDir: string, folder: string, nowMs: number, passphrase?: string): string[] {
  const { findings, unsigned } = checkDataFolder(folder);
  if (findings.length > 0)
    throw new DataFolderError(
      `Nothing was restored, because the backup in ${folder} is not whole. ${findings.join(' ')}`,
    );
  const lock = lockDataFolder(dataDir);
  const arriving = join(dataDir, 'restoring');
  try {
    rmSync(arriving, { recursive: true, force: true });
    mkdirSync(arriving, { mode: SECRET_FOLDER_MODE });
    const backup = openBackup(folder, passphrase, join(arriving, 'secrets'));
    const { names, present, isKept } = planOf(dataDir, backup);
    for (const name of names) cpSync(pathIn(backup, name), join(arriving, name), { recursive: true });
    if (isKept) mergeKeys(dataDir, backup);
    // The files of both the folder and the backup are kept.
    for (const name of readdirSync(folder).filter((each) => treatmentOf(each) === 'shared'))
      cpSync(join(folder, name), join(dataDir, name), { recursive: true, force: false });
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
      `Restored from ${folder}: ${names.join(', ')}.`,
      ...settle(dataDir, backup, names, isKept, nowMs),
    ];
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    throw explainOpenError(toStoreError(error), dataDir);
  } finally {
    rmSync(arriving, { recursive: true, force: true });
    lock.release();
  }
}
