import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes the county's files to a temporary folder beside the target and then renames it in one step, so that nobody
 * finds half a county. An existing folder is replaced.
 */
export async function writeCounty(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const draft = `${folder}.tmp`;
  await rm(draft, { recursive: true, force: true });
  for (const [name, text] of files) {
    const path = join(draft, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await rename(draft, folder);
}
