import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasRoom, judgeRoom } from '../../../../../main/engine/store/room.ts';
import { toStoreError } from '../../../../../main/engine/store/StoreError.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const withCode = (code: string, errno?: number): Error =>
  Object.assign(new Error('it failed'), { code }, errno !== undefined && { errno });

describe('room', () => {
  it('is told by a write of its own, of which nothing stays', () => {
    const folder = temporaryFolder();
    expect(hasRoom(folder, 1_000_000)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    // Another trouble than want of room is not taken for it.
    expect(hasRoom(join(folder, 'missing'), 1000)).toBe(true);
  });

  it('is missing where the system says so by a full disk or a quota, which Node has no name for', () => {
    expect(toStoreError(withCode('ENOSPC')).code).toBe('full');
    expect(
      toStoreError(withCode(`Unknown system error -${constants.errno.EDQUOT}`, -constants.errno.EDQUOT)).code,
    ).toBe('full');
    expect(toStoreError(withCode('EIO', -constants.errno.EIO)).code).toBe('failed');
  });

  it('does not explain an error of the device where it is there, nor any other error', () => {
    const folder = temporaryFolder();
    for (const code of ['SQLITE_IOERR_WRITE', 'SQLITE_IOERR_READ', 'SQLITE_CORRUPT', 'SQLITE_BUSY']) {
      const error = toStoreError(withCode(code));
      expect(judgeRoom(error, folder)).toBe(error);
    }
    expect(toStoreError(withCode('SQLITE_IOERR_WRITE')).code).toBe('failed');
  });
});
