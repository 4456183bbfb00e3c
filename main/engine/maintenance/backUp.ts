import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join, relative } from 'node:path';
import { copyDatabase } from '../store/copyDatabase.ts';
import { DataFolderError, explainOpenError } from '../store/DataFolderError.ts';
import { recordFiles } from '../store/record/RecordFile.ts';
import { toStoreError } from '../store/StoreError.ts';
import { COUNTY_COPY, isSecretFile, SECRET_FOLDER_MODE, SECRET_MODE, treatmentOf } from './backupFiles.ts';
import { checkDataFolder } from './checkDataFolder.ts';
import { checkLedger } from './checkLedger.ts';
import { readCountyInUse } from '../registry/countyInUse.ts';
import { decryptSecrets, encryptSecrets, SECRETS_FILE } from './encryptedSecrets.ts';
import { unreadableIdentity } from './identity.ts';
import { leaveNoTrace } from './leaveNoTrace.ts';

/**
 * Copies a file and its write-ahead journal as they are: damaged files are evidence, and SQLite would not copy them.
 */
function copyAsItIs(file: string, target: string): string {
  for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, target + suffix);
  return `Copied ${file} as it is: it was damaged before, and the record goes on in the next file.`;
}

/** A damaged ledger is left out: the rest must be backed up all the same, and an older backup has it whole. */
async function copyLedger(file: string, target: string): Promise<string> {
  if (!existsSync(file)) return `There is no ledger ${file} yet.`;
  const { findings } = checkLedger(file);
  if (findings.length === 0) return copyDatabase(file, target);
  return `${findings.join(' ')} It is not in this backup. Keep the last backup that has it, and restore from it.`;
}

async function copyDatabases(dataDir: string, target: string): Promise<string[]> {
  const place = (file: string): string => join(target, basename(file));
  const records = recordFiles(join(dataDir, 'record.db'));
  const told = records.slice(0, -1).map((file) => copyAsItIs(file, place(file)));
  for (const file of [...records.slice(-1), join(dataDir, 'telemetry.db')])
    told.push(await copyDatabase(file, place(file)));
  told.push(await copyLedger(join(dataDir, 'ledger.db'), join(target, 'ledger.db')));
  return told;
}

/** Copies one file or folder that is no database, so that only the owner can read what is secret. */
function copyPlain(dataDir: string, name: string, target: string): string {
  const [from, to] = [join(dataDir, name), join(target, name)];
  cpSync(from, to, { recursive: true });
  if (isSecretFile(name)) chmodSync(to, SECRET_MODE);
  return `Copied ${from}.`;
}

/** The county's files are elsewhere, and without them nothing of the data can be shown on another machine. */
function copyCounty(dataDir: string, target: string): string[] {
  const folder = readCountyInUse(dataDir)?.folder;
  const isMadeAgain = folder === undefined || treatmentOf(relative(dataDir, folder)) === 'left';
  if (isMadeAgain || existsSync(join(target, COUNTY_COPY))) return [];
  if (!existsSync(folder)) return [`The county's files are not in this backup, because ${folder} is not there.`];
  cpSync(folder, join(target, COUNTY_COPY), { recursive: true });
  return [`Copied the county's files from ${folder}.`];
}

/** What is neither a database nor made again, in the data folder. */
const otherNames = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) =>
    ['file', 'folder', 'shared', 'key', 'identity'].includes(treatmentOf(name) ?? ''),
  );

/** Encrypts what is secret, and makes sure that the passphrase brings it back. */
function copySecrets(dataDir: string, target: string, passphrase: string): string[] {
  const names = otherNames(dataDir).filter(isSecretFile);
  const unreadable = unreadableIdentity(dataDir);
  if (unreadable.length > 0) throw new DataFolderError(unreadable.join(' '));
  encryptSecrets(dataDir, names, target, passphrase);
  decryptSecrets(target, passphrase);
  return [
    `Encrypted ${names.join(', ')} into ${SECRETS_FILE}. Without the passphrase nobody can restore this backup; Beacon does not keep it.`,
  ];
}

function copyRest(dataDir: string, target: string, isEncrypted: boolean): string[] {
  const names = readdirSync(dataDir);
  const plain = otherNames(dataDir).filter((name) => !(isEncrypted && isSecretFile(name)));
  const strange = names.filter((name) => treatmentOf(name) === undefined && !name.endsWith('.new'));
  return [
    ...plain.map((name) => copyPlain(dataDir, name, target)),
    ...copyCounty(dataDir, target),
    ...(strange.length > 0 ? [`Not copied, because they are no files of Beacon's: ${strange.join(', ')}.`] : []),
  ];
}

function secretsIn(target: string): string[] {
  const secrets = readdirSync(target).filter(isSecretFile);
  if (secrets.length === 0) return [];
  const guard =
    process.platform === 'win32'
      ? 'Keep the folder where only administrators can read it'
      : 'Only your account can read the folder, and on another disk or machine that has to be so as well';
  return [
    `The backup has secrets that are not encrypted (${secrets.join(', ')}): who reads them can pass for this workstation and read what the desk encrypts. ${guard}.`,
  ];
}

/**
 * Copies all of a data folder that is needed to go on from it on any machine, in use or not, into a new folder, which
 * appears only when it is whole. `backupFiles.ts` says what is left out, and why. With a passphrase, what is secret is
 * encrypted. Returns what was done; throws a DataFolderError.
 */
export async function backUp(dataDir: string, target: string, passphrase?: string): Promise<string[]> {
  if (existsSync(target) && (!statSync(target).isDirectory() || readdirSync(target).length > 0))
    throw new DataFolderError(`${target} is there already and not empty. Choose a new folder for the backup.`);
  if (!existsSync(join(dataDir, 'record.db')))
    throw new DataFolderError(`There is no operators' record in ${dataDir}. Choose the data folder with --data DIR.`);
  const unfinished = `${target}.unfinished`;
  const leave = leaveNoTrace(dataDir);
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: SECRET_FOLDER_MODE });
    const told = [
      ...(await copyDatabases(dataDir, unfinished)),
      ...copyRest(dataDir, unfinished, passphrase !== undefined),
      ...(passphrase === undefined ? [] : copySecrets(dataDir, unfinished, passphrase)),
    ];
    const { findings, unsigned } = checkDataFolder(unfinished);
    if (findings.length > 0)
      throw new DataFolderError(`The backup was not kept, because what was copied is not whole. ${findings.join(' ')}`);
    rmSync(target, { recursive: true, force: true });
    renameSync(unfinished, target);
    return [...told, ...unsigned, ...secretsIn(target), `The backup in ${target} is whole.`];
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (error instanceof DataFolderError) throw error;
    throw explainOpenError(toStoreError(error), target);
  } finally {
    leave();
  }
}
