import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** The path of a file of the real data that lies beside the project. */
export const realData = (...parts: string[]): string => join(FOLDER, ...parts);

/** True if the data is on this machine. If it is not, the reason why the tests are skipped is printed. */
export function hasRealData(folder: string): boolean {
  const isThere = existsSync(join(FOLDER, folder));
  if (!isThere) console.log(`Skipped: ../shared/data/${folder} is not beside the project.`);
  return isThere;
}
