import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openToOthers, tightenDataFolder } from '../../../../../main/engine/store/ownOnly.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

/** A data folder as earlier versions left it. */
function openFolder(): string {
  const folder = join(temporaryFolder(), 'data');
  mkdirSync(join(folder, 'attachments', 'ab'), { recursive: true });
  for (const name of ['record.db', 'notifications.json', 'wall-token', 'attachments/ab/abcd'])
    writeFileSync(join(folder, name), 'x');
  for (const name of ['.', 'attachments', 'attachments/ab']) chmodSync(join(folder, name), 0o755);
  for (const name of ['record.db', 'notifications.json', 'attachments/ab/abcd']) chmodSync(join(folder, name), 0o644);
  chmodSync(join(folder, 'wall-token'), 0o600);
  return folder;
}

describe('a data folder', () => {
  it('that others can read is closed, with all that is in it', () => {
    const folder = openFolder();
    expect(openToOthers(folder)).toHaveLength(3);
    tightenDataFolder(folder);
    expect(['.', 'attachments', 'attachments/ab'].map((name) => modeOf(join(folder, name)))).toEqual([
      '700',
      '700',
      '700',
    ]);
    expect(
      ['record.db', 'notifications.json', 'attachments/ab/abcd'].map((name) => modeOf(join(folder, name))),
    ).toEqual(['600', '600', '600']);
    expect(openToOthers(folder)).toEqual([]);
  });

  it('that holds what is not of Beacon keeps its rights and theirs, and is named', () => {
    const folder = openFolder();
    writeFileSync(join(folder, 'letter.txt'), 'x');
    chmodSync(join(folder, 'letter.txt'), 0o644);
    tightenDataFolder(folder);
    expect([modeOf(folder), modeOf(join(folder, 'letter.txt')), modeOf(join(folder, 'record.db'))]).toEqual([
      '755',
      '644',
      '600',
    ]);
    expect(openToOthers(folder)).toEqual([
      `Other accounts of this machine can enter the data folder ${folder}. Close it: chmod 700 ${folder}`,
    ]);
  });

  it('follows no link to what is elsewhere', () => {
    const folder = openFolder();
    const elsewhere = join(temporaryFolder(), 'mine');
    writeFileSync(elsewhere, 'x');
    chmodSync(elsewhere, 0o644);
    symlinkSync(elsewhere, join(folder, 'reports'));
    tightenDataFolder(folder);
    expect(modeOf(elsewhere)).toBe('644');
  });

  it('names a file of secrets that somebody opened again', () => {
    const folder = openFolder();
    tightenDataFolder(folder);
    chmodSync(join(folder, 'notifications.json'), 0o640);
    expect(openToOthers(folder)).toEqual([expect.stringContaining(`chmod 600 ${join(folder, 'notifications.json')}`)]);
  });
});
