import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openReader } from './openDatabase.ts';

/**
 * All pages are copied in one step, because a copy in several steps starts over with every commit of another process.
 * Readers do not hold up the writer.
 */
const ALL_PAGES = 0x7fffffff;

/** Copies a whole database that is in use into one file that needs no companions. */
export async function copyDatabase(file: string, target: string): Promise<string> {
  const source = openReader(file);
  try {
    await source.backup(target, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  const copy = new Database(target);
  copy.pragma('journal_mode = DELETE');
  copy.close();
  return `Copied ${file} (${statSync(target).size} bytes).`;
}
