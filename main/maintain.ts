import { backUp } from './engine/store/backUp.ts';
import { checkDataFolder } from './engine/store/checkDataFolder.ts';
import { restore } from './engine/store/restore.ts';
import type { Maintenance } from './options.ts';

/** Does what was asked of the data folder and says what was done. False where the check found something. Throws a DataFolderError. */
export async function maintain(maintenance: Maintenance, say: (line: string) => void): Promise<boolean> {
  const { task, dataDir } = maintenance;
  switch (task) {
    case 'check': {
      const { findings, told } = checkDataFolder(dataDir);
      for (const line of [...told, ...findings]) say(line);
      say(findings.length === 0 ? `${dataDir} is whole.` : `${dataDir} is not whole.`);
      return findings.length === 0;
    }
    case 'backup':
      for (const line of await backUp(dataDir, maintenance.folder)) say(line);
      return true;
    case 'restore':
      for (const line of restore(dataDir, maintenance.folder, Date.now())) say(line);
      return true;
  }
}
