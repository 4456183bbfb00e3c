import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const OTHERS = 0o077;
const STICKY = 0o1000;

/** What Beacon puts into a data folder. Anything else there is somebody's, and is left as it is. */
const OWN_NAME =
  /^(?:telemetry|record|ledger|before-joining|alarm|county-|workstation|desk|acknowledging|engine|wall-token|notifications|playbooks|attachments|reports|reserve|restoring|replaced-|broker|shell)/;
/** What must be named where others can read it: passwords and keys stand in it, or all that people did. */
const SENSITIVE = /^(?:notifications\.json|desk-key\.json|workstation\.json|desk\.json|wall-token|record.*\.db)$/;

const isWindows = process.platform === 'win32';

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

const isOpen = ({ mode }: Stats): boolean => (mode & OTHERS) !== 0;

/** Takes the rights of others away from a file or a folder of this account, and from what is in the folder. */
function tighten(path: string): void {
  const stats = statOf(path);
  if (stats === undefined || stats.uid !== process.getuid?.() || !(stats.isFile() || stats.isDirectory())) return;
  // What is in a folder that others cannot enter is out of their reach already.
  if (!isOpen(stats)) return;
  try {
    chmodSync(path, stats.mode & ~OTHERS & 0o7777);
  } catch {
    // A file system without rights, or one that is read only; what stays open is named afterwards.
    return;
  }
  if (stats.isDirectory()) for (const name of readdirSync(path)) tighten(join(path, name));
}

/**
 * Takes the rights of others away from a data folder and what Beacon keeps in it, where they belong to this account:
 * 0700 for folders and 0600 for files. A folder that is shared with other programs keeps its own rights.
 */
export function tightenDataFolder(dataDir: string): void {
  const folder = statOf(dataDir);
  if (isWindows || folder === undefined) return;
  const names = readdirSync(dataDir);
  const isShared = (folder.mode & STICKY) !== 0 || resolve(dataDir) === homedir();
  if (!isShared && names.every((name) => OWN_NAME.test(name)) && folder.uid === process.getuid?.() && isOpen(folder)) {
    try {
      chmodSync(dataDir, 0o700);
    } catch {
      // It is named afterwards.
    }
  }
  for (const name of names) if (OWN_NAME.test(name)) tighten(join(dataDir, name));
}

/** What of a data folder others can read or enter: sentences that say how to close it. */
export function openToOthers(dataDir: string): string[] {
  const folder = statOf(dataDir);
  if (isWindows || folder === undefined) return [];
  const files = readdirSync(dataDir).filter((name) => {
    const stats = SENSITIVE.test(name) ? statOf(join(dataDir, name)) : undefined;
    return stats?.isFile() === true && isOpen(stats);
  });
  return [
    ...(isOpen(folder)
      ? [`Other accounts of this machine can enter the data folder ${dataDir}. Close it: chmod 700 ${dataDir}`]
      : []),
    ...files.map((name) => {
      const file = join(dataDir, name);
      return `Other accounts of this machine may read ${file}, which holds secrets. Close it: chmod 600 ${file}`;
    }),
  ];
}
