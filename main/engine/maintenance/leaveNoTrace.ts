import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { holdDataFolder } from '../store/DataFolderLock.ts';

const companionsIn = (dataDir: string): string[] => readdirSync(dataDir).filter((name) => /\.db-(wal|shm)$/.test(name));

/**
 * Reading a file that has a log makes SQLite lay companions beside it; without an engine nobody would take them away
 * again. Keeps engines out until the returned function is called, which removes what was not there before; beside a
 * running engine it does nothing, as the companions are the engine's.
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
