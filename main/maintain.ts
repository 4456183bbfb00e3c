import { backUp } from './engine/maintenance/backUp.ts';
import { findPasswordFault } from './engine/people/guessable.ts';
import { resetPassword } from './engine/maintenance/resetPassword.ts';
import { checkDataFolder } from './engine/maintenance/checkDataFolder.ts';
import { exportLog } from './engine/maintenance/logProof.ts';
import { hasEncryptedSecrets } from './engine/maintenance/encryptedSecrets.ts';
import { restore } from './engine/maintenance/restore.ts';
import { backupPassphrase } from './options.ts';
import type { Maintenance } from './options.ts';
import { StartError } from './StartError.ts';

/** Asks the person for something that must not be visible; undefined where there is nobody to ask. */
type Ask = (prompt: string) => Promise<string | undefined>;

/**
 * Carries out the requested work on the data folder and reports what was done. Resolves false where the check found
 * something. Throws a DataFolderError or a StartError.
 */
export async function maintain(maintenance: Maintenance, say: (line: string) => void, ask: Ask): Promise<boolean> {
  const { task, dataDir } = maintenance;
  switch (task) {
    case 'check': {
      const { told, ...found } = checkDataFolder(dataDir);
      const findings = [...found.findings, ...found.unsigned];
      for (const line of [...told, ...findings]) say(line);
      say(findings.length === 0 ? `${dataDir} is whole.` : `${dataDir} is not whole.`);
      return findings.length === 0;
    }
    case 'backup':
      for (const line of await backUp(dataDir, maintenance.folder, backupPassphrase().passphrase)) say(line);
      return true;
    case 'restore': {
      const { folder } = maintenance;
      const passphrase = hasEncryptedSecrets(folder)
        ? (backupPassphrase().passphrase ?? (await ask('The passphrase of the backup: ')))
        : undefined;
      for (const line of restore(dataDir, folder, Date.now(), passphrase)) say(line);
      return true;
    }
    case 'exportLog':
      say(
        `${exportLog(dataDir, maintenance.file)} entries of the log are in ${maintenance.file}, with the keys to check them.`,
      );
      return true;
    case 'resetPassword': {
      const password = (await ask(`A new password for ${maintenance.name}: `)) ?? '';
      const fault = await findPasswordFault(password, maintenance.name, []);
      if (fault !== undefined) throw new StartError(fault);
      for (const line of await resetPassword(dataDir, maintenance.name, password, Date.now())) say(line);
      return true;
    }
  }
}
