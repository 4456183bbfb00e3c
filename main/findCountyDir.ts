import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readCountyInUse } from './engine/registry/countyInUse.ts';

/**
 * Returns the given county, or the one whose folder the data folder names, or else the only one within it; undefined
 * where there is none or more than one.
 */
export function findCountyDir(given: string | undefined, dataDir: string): string | undefined {
  if (given !== undefined) return resolve(given);
  const inUse = readCountyInUse(dataDir)?.folder;
  if (inUse !== undefined && existsSync(join(inUse, 'county.json'))) return inUse;
  const found = existsSync(dataDir)
    ? readdirSync(dataDir).filter((name) => existsSync(join(dataDir, name, 'county.json')))
    : [];
  return found.length === 1 ? join(dataDir, found[0] ?? '') : undefined;
}
