import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkDataFolder } from './checkDataFolder.ts';
import { checkLedger } from './checkLedger.ts';
import { DataFolderError, explainOpenError } from '../store/DataFolderError.ts';
import { leaveNoTrace } from './leaveNoTrace.ts';
import { copyDatabase } from '../store/copyDatabase.ts';
import { recordFiles } from '../store/record/RecordFile.ts';
import { toStoreError } from '../store/StoreError.ts';

/** Folders whose files are named by the hash of their content: signed reports, and attachments of incidents. */
export const hashedFolders = ['reports', 'attachments'] as const;

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

async function copyAll(dataDir: string, target: string): Promise<string[]> {
  const told: string[] = [];
  const place = (file: string): string => join(target, basename(file));
  const records = recordFiles(join(dataDir, 'record.db'));
  for (const file of records.slice(0, -1)) told.push(copyAsItIs(file, place(file)));
  for (const file of [...records.slice(-1), join(dataDir, 'telemetry.db')])
    told.push(await copyDatabase(file, place(file)));
  told.push(await copyLedger(join(dataDir, 'ledger.db'), join(target, 'ledger.db')));
  for (const name of ['alarms.json', 'alarm-history.json', 'alarm-times.txt', 'county-log.jsonl', 'desk-key.json']) {
    const file = join(dataDir, name);
    if (!existsSync(file)) continue;
    copyFileSync(file, place(file));
    told.push(`Copied ${file}.`);
  }
  for (const name of hashedFolders) {
    const folder = join(dataDir, name);
    if (!existsSync(folder)) continue;
    cpSync(folder, place(folder), { recursive: true });
    told.push(`Copied ${folder}.`);
  }
  return told;
}

/**
 * Copies record, telemetry cache, ledger and alarms of a data folder, in use or not, into a new folder, which appears
 * only when it is whole. The engine's name at the broker is not copied, because two engines with one name would
 * disconnect each other there. Returns what was done; throws a DataFolderError.
 */
export async function backUp(dataDir: string, target: string): Promise<string[]> {
  if (existsSync(target) && (!statSync(target).isDirectory() || readdirSync(target).length > 0))
    throw new DataFolderError(`${target} is there already and not empty. Choose a new folder for the backup.`);
  if (!existsSync(join(dataDir, 'record.db')))
    throw new DataFolderError(`There is no operators' record in ${dataDir}. Choose the data folder with --data DIR.`);
  const unfinished = `${target}.unfinished`;
  const leave = leaveNoTrace(dataDir);
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    const told = await copyAll(dataDir, unfinished);
    const { findings, unsigned } = checkDataFolder(unfinished);
    if (findings.length > 0)
      throw new DataFolderError(`The backup was not kept, because what was copied is not whole. ${findings.join(' ')}`);
    rmSync(target, { recursive: true, force: true });
    renameSync(unfinished, target);
    return [...told, ...unsigned, `The backup in ${target} is whole.`];
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (error instanceof DataFolderError) throw error;
    throw explainOpenError(toStoreError(error), target);
  } finally {
    leave();
  }
}
