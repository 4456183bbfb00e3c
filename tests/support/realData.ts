import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** The path of real data beside the project. */
export const realData = (...parts: string[]): string => join(FOLDER, ...parts);

/** Is it there? Where not, the reason of the tests' being skipped is printed. */
export function hasRealData(folder: string): boolean {
  const isThere = existsSync(join(FOLDER, folder));
  if (!isThere) console.log(`Skipped: ../shared/data/${folder} is not beside the project.`);
  return isThere;
}
