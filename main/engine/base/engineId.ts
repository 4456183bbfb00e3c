import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileIn = (dataDir: string): string => join(dataDir, 'engine-id');

/**
 * Loads the client id of a data folder's engine at the broker. The broker keeps the session under this id, so it is
 * made once per folder.
 */
export function loadEngineId(dataDir: string): string {
  const file = fileIn(dataDir);
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return known === '' ? renewEngineId(dataDir) : known;
}

/** Makes another id, for a folder that turned out to be a copy: two engines with one id would disconnect each other. */
export function renewEngineId(dataDir: string): string {
  const file = fileIn(dataDir);
  const id = `beacon-${randomUUID().slice(0, 8)}`;
  // The file is replaced as a whole or not at all: with half an id, or none, the broker would not find the session
  // again.
  writeFileSync(`${file}.new`, id);
  renameSync(`${file}.new`, file);
  return id;
}
