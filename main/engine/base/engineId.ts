import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileIn = (dataDir: string): string => join(dataDir, 'engine-id');

/**
 * What the engine of a data folder is called at the broker, which keeps the session under this name: so it is made once
 * a folder.
 */
export function loadEngineId(dataDir: string): string {
  const file = fileIn(dataDir);
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return known === '' ? renewEngineId(dataDir) : known;
}

/** Another name, for a folder that turned out to be a copy: two engines of one name throw each other out. */
export function renewEngineId(dataDir: string): string {
  const file = fileIn(dataDir);
  const id = `beacon-${randomUUID().slice(0, 8)}`;
  // Whole or not at all: with half a name, or none, the broker would not find the session again.
  writeFileSync(`${file}.new`, id);
  renameSync(`${file}.new`, file);
  return id;
}
