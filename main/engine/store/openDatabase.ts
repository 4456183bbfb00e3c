import { accessSync, closeSync, constants, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StoreError, toStoreError } from './StoreError.ts';

export type Db = Database.Database;

/**
 * `durable` flushes the disk with every commit and so survives the loss of power; `fast` flushes at checkpoints only:
 * after a loss of power the last commits may be gone, but never after the death of the process, and the file stays
 * whole.
 */
type Durability = 'durable' | 'fast';

const BUSY_TIMEOUT_MS = 5000;
/**
 * Pages that a connection keeps in memory, of which six are open: the operating system keeps the file's pages, too, so
 * a large cache of its own only makes the engine larger the longer it runs.
 */
const CACHE_KIB = 8 * 1024;
/**
 * 16 MB: each checkpoint writes a page once, however often it changed since the last one, so fewer checkpoints write
 * less.
 */
const CHECKPOINT_PAGES = 4000;
const WAL_LIMIT_BYTES = 64 * 1024 * 1024;

function configure(db: Db, durability: Durability): void {
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  // This takes effect in a new file only: pages that retention frees can then be given back to the disk.
  if (durability === 'fast' && db.pragma('page_count', { simple: true }) === 0) db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${durability === 'durable' ? 'FULL' : 'NORMAL'}`);
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
  // No memory map: a read of a mapped file that was cut short kills the process (SIGBUS) instead of returning
  // SQLITE_CORRUPT.
  db.pragma('mmap_size = 0');
  // A damaged page is then reported at the first read instead of giving wrong rows.
  db.pragma('cell_size_check = ON');
}

/** Brings a file to the newest schema, one transaction per step; `user_version` is the number of steps done. */
function migrate(db: Db, migrations: readonly string[]): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new StoreError(
      'newer',
      `${db.name} was written by a newer version of Beacon (its schema is ${version}, this one knows ${migrations.length}). Update Beacon, or choose another folder with --data DIR.`,
    );
  }
  migrations.slice(version).forEach((sql, index) => {
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version + index + 1}`);
    }).immediate();
  });
}

function flush(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Sets aside a write-ahead journal whose database file is missing. A process that died left it; it belongs to another
 * file, and SQLite must not take it for the journal of the new one.
 */
function putLogAside(file: string): void {
  rmSync(`${file}-shm`, { force: true });
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${file}-wal.left-over`);
}

/**
 * Makes a new file under another name and renames it once it has its schema and is on the disk. An empty file under the
 * final name has therefore been damaged.
 */
function makeWhole(file: string, migrations: readonly string[], durability: Durability): void {
  const draft = `${file}.new`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(draft + suffix, { force: true });
  const db = new Database(draft);
  try {
    configure(db, durability);
    migrate(db, migrations);
  } finally {
    // Closing the last connection checkpoints the write-ahead journal into the file and removes it.
    db.close();
  }
  flush(draft, 'r+');
  putLogAside(file);
  renameSync(draft, file);
  // Windows cannot open a folder to flush it.
  if (process.platform !== 'win32') flush(dirname(file), 'r');
}

/** Opens for writing and migrates; a file that is not there is made. Throws a StoreError. */
export function openDatabase(file: string, migrations: readonly string[], durability: Durability): Db {
  let db: Db | undefined;
  try {
    // SQLite would open a write-protected file read-only, and every commit would fail later.
    if (existsSync(file)) accessSync(file, constants.W_OK);
    else if (file !== ':memory:') makeWhole(file, migrations, durability);
    db = new Database(file);
    configure(db, durability);
    migrate(db, migrations);
    return db;
  } catch (error) {
    db?.close();
    throw toStoreError(error);
  }
}

/** Opens a file that another connection keeps and migrates, for reading only. Throws a StoreError. */
export function openReader(file: string): Db {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    db.pragma(`cache_size = -${CACHE_KIB}`);
    db.pragma('mmap_size = 0');
    return db;
  } catch (error) {
    throw toStoreError(error);
  }
}
