import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtEntry } from './startBuilt.ts';

/** Writes the simulated county of a scale into a folder. */
export async function generateCounty(dir: string, scale: number): Promise<void> {
  await promisify(execFile)(process.execPath, [
    builtEntry('simulator'),
    'generate',
    '--out',
    dir,
    '--scale',
    String(scale),
  ]);
}
