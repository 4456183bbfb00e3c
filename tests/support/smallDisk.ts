import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporaryFolder.ts';

const SIZE = '64m';

/** A small disk of the test's own; undefined with a printed reason where this user may not make one. */
export function mountSmallDisk(): string | undefined {
  const folder = temporaryFolder();
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.log(
      `A full disk is not tested here, because a small one cannot be mounted: ${error?.message ?? stderr.trim()}`,
    );
    return undefined;
  }
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

/** Writes until there is no room for another byte. */
export function fill(file: string): void {
  for (const bytes of [1024 * 1024, 4096, 1]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes, 1));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}
