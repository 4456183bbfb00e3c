import { expect, it } from 'vitest';
import { DataFolderError, explainOpenError } from '../../../../../main/engine/store/DataFolderError.ts';
import { StoreError, toStoreError } from '../../../../../main/engine/store/StoreError.ts';

const failure = (code: string): Error => Object.assign(new Error('what the system said'), { code });

it.each([
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_FULL', 'full'],
  ['ENOSPC', 'full'],
  ['SQLITE_READONLY_DIRECTORY', 'unwritable'],
  ['SQLITE_CANTOPEN', 'unwritable'],
  ['EACCES', 'unwritable'],
  ['EROFS', 'unwritable'],
  ['ENOTDIR', 'unwritable'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_IOERR_READ', 'failed'],
  ['', 'failed'],
])('%s is %s', (code, expected) => {
  expect(toStoreError(failure(code)).code).toBe(expected);
});

it('explains each cause in one sentence or two, with what to do', () => {
  for (const code of ['full', 'unwritable', 'busy', 'damaged', 'failed', 'closed'] as const) {
    const error = explainOpenError(new StoreError(code, 'reason'), '/data');
    expect(error).toBeInstanceOf(DataFolderError);
    expect(error.message).toMatch(/\/data .*--data DIR\.$/);
    expect(error.message).not.toContain('\n');
  }
  expect(explainOpenError(new StoreError('full', ''), '/data').message).toBe(
    'The disk that holds /data is full, or its quota is used up. Free some space, or choose another folder with --data DIR.',
  );
});
