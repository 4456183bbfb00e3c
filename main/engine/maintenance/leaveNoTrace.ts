import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { holdDataFolder } from '../store/DataFolderLock.ts';

const companionsIn = (dataDir: string): string[] => readdirSync(dataDir).filter((name) => /\.db-(wal|shm)$/.test(name));

/**
 * Keeps engines out of a data folder until the returned function is called, which removes the companion files (`-wal`,
 * `-shm`) that were not there before: SQLite creates them when it reads a file that has a write-ahead journal, and
 * without an engine nothing else would remove them. Beside a running engine it removes nothing, as the companions are
 * the engine's.
 */
export function leaveNoTrace(dataDir: string): () => void {
  const { isMine, release } = holdDataFolder(dataDir);
  const before = new Set(companionsIn(dataDir));
  return () => {
    if (isMine)
      for (const name of companionsIn(dataDir)) if (!before.has(name)) rmSync(join(dataDir, name), { force: true });
    release();
  };
}
