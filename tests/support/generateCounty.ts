import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtEntry } from './startBuilt.ts';

const write = (dir: string, scale: number): Promise<unknown> =>
  promisify(execFile)(process.execPath, [builtEntry('simulator'), 'generate', '--out', dir, '--scale', String(scale)]);

/**
 * Writes the simulated county of a scale into a folder. Within a run of `npm test` each scale is generated once and
 * copied from then on: the same scale gives the same files.
 */
export async function generateCounty(dir: string, scale: number): Promise<void> {
  const folderOfRun = process.env['BEACON_TEST_RUN'];
  if (folderOfRun === undefined) {
    await write(dir, scale);
    return;
  }
  const generated = join(folderOfRun, `county-${String(scale)}`);
  if (!existsSync(generated)) {
    const own = await mkdtemp(`${generated}-`);
    await write(own, scale);
    // If two processes generate the county at once, the second one to finish has written the same files, so its own are
    // discarded.
    await rename(own, generated).catch(() => rm(own, { recursive: true }));
  }
  await cp(generated, dir, { recursive: true });
}
