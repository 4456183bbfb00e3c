import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CountyError } from './CountyError.ts';

const fileSchema = z.object({ id: z.string(), name: z.string(), folder: z.string() });
/** The county to which a data folder belongs, and the folder from which its files were last loaded. */
export type CountyInUse = z.infer<typeof fileSchema>;

const fileIn = (dataDir: string): string => join(dataDir, 'county-in-use.json');

/** Undefined where the data folder was not used yet, or by an earlier version. */
export function readCountyInUse(dataDir: string): CountyInUse | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeCountyInUse(dataDir: string, county: CountyInUse): void {
  const file = fileIn(dataDir);
  // Renaming makes the write atomic: the file is written as a whole or not at all.
  writeFileSync(`${file}.new`, JSON.stringify(county));
  renameSync(`${file}.new`, file);
}

/**
 * Throws a CountyError where the data folder belongs to another county: its samples, alarms and incidents would be
 * shown as if they were of this one.
 */
export function refuseOtherCounty(dataDir: string, { id, name, folder }: CountyInUse): void {
  const known = readCountyInUse(dataDir);
  if (known === undefined || known.id === id) return;
  throw new CountyError(
    `The data folder ${dataDir} belongs to the county ${known.name} (${known.id}), and ${folder} is ${name} (${id}). Choose another folder with --data DIR. If it is the same county under another id, remove ${fileIn(dataDir)} and start again.`,
  );
}
