import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { DataFolderError, explainOpenError } from './DataFolderError.ts';
import { toStoreError } from './StoreError.ts';

/** Held until released, or until the process ends, however it ends. */
export type DataFolderLock = { release: () => void };

/**
 * Keeps every lock in force referenced: better-sqlite3 closes a connection that nothing refers to any more, and the
 * lock would go with it.
 */
const inForce = new Set<Database.Database>();

/**
 * Makes missing folders one at a time, because `recursive` never returns where a file system answers ENOENT to making a
 * folder, as /proc does.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** The process that holds the folder, for the error message only; the lock itself is the operating system's. */
const holderOf = (pidFile: string): string => {
  try {
    return ` (process ${Number.parseInt(readFileSync(pidFile, 'utf8'), 10)})`;
  } catch {
    return '';
  }
};

/**
 * Notes this process for the error message of another engine. A full disk is ignored: it must not keep this engine from
 * starting.
 */
function notePid(pidFile: string): void {
  try {
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    if (toStoreError(error).code !== 'full') throw error;
  }
}

function lock(file: string): Database.Database {
  const db = new Database(file, { timeout: 0 });
  try {
    // An open exclusive transaction is a lock of the operating system on the file: unlike a file with a process number,
    // it cannot outlive the process.
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Keeps engines out of a folder for a moment without leaving a trace in it. `isMine` is false where an engine is using
 * the folder.
 */
export function holdDataFolder(dataDir: string): { isMine: boolean; release: () => void } {
  const file = join(dataDir, 'engine.lock');
  if (!existsSync(file)) return { isMine: true, release: () => undefined };
  try {
    const db = lock(file);
    inForce.add(db);
    return {
      isMine: true,
      release: () => {
        db.close();
        inForce.delete(db);
      },
    };
  } catch {
    return { isMine: false, release: () => undefined };
  }
}

/**
 * Makes the folder where it is missing and takes it for this engine. Throws a DataFolderError where it cannot be
 * written or another engine has it.
 */
export function lockDataFolder(dataDir: string): DataFolderLock {
  const pidFile = join(dataDir, 'engine.pid');
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    const db = lock(join(dataDir, 'engine.lock'));
    inForce.add(db);
    notePid(pidFile);
    return {
      release: () => {
        rmSync(pidFile, { force: true });
        db.close();
        inForce.delete(db);
      },
    };
  } catch (error) {
    const problem = toStoreError(error);
    if (problem.code !== 'busy') throw explainOpenError(problem, dataDir);
    throw new DataFolderError(
      `Another Beacon engine${holderOf(pidFile)} uses the data folder ${dataDir}. Stop it, or choose another folder with --data DIR.`,
      { cause: error },
    );
  }
}
