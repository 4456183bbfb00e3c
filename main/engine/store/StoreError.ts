import { constants } from 'node:os';

/**
 * `damaged`: the file's content is broken. `newer`: written by a newer Beacon. `closed`: called after closing, or the
 * worker died.
 */
export type StoreErrorCode = 'damaged' | 'full' | 'unwritable' | 'newer' | 'busy' | 'closed' | 'failed';

/** What a store's promise rejects with; the message is a sentence for people. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

function codeOf(sqliteCode: string): StoreErrorCode {
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode)) return 'damaged';
  if (/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE)/.test(sqliteCode)) return 'full';
  if (/^(SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EISDIR|ENOENT|ELOOP)/.test(sqliteCode))
    return 'unwritable';
  if (/^SQLITE_(BUSY|LOCKED)/.test(sqliteCode)) return 'busy';
  return 'failed';
}

/** Whether a write failed because the disk or a quota is full. Node has no name for the error of a used-up quota. */
export function isNoRoom(error: Error): boolean {
  const { code, errno } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' || errno === -constants.errno.EDQUOT;
}

/**
 * Names the kind of an error of SQLite or of the file system, from its code; one that is a StoreError already stays as
 * it is.
 */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  if (!(error instanceof Error)) return new StoreError('failed', String(error));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Better-sqlite3 checks this itself and gives no code.
  const isNoFolder = error.message.includes('directory does not exist');
  return new StoreError(isNoFolder ? 'unwritable' : isNoRoom(error) ? 'full' : codeOf(code), error.message, {
    cause: error,
  });
}
