import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { DataFolderError } from '../store/DataFolderError.ts';

/** Keys are PEM. The private one signs what is written here, and never leaves this machine. */
const workstationSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  name: z.string().min(1).max(100),
  publicKey: z.string(),
  privateKey: z.string(),
});
export type Workstation = z.infer<typeof workstationSchema>;

/** Makes a new identity with its own Ed25519 key. */
export function makeWorkstation(name: string, id = `ws-${randomBytes(5).toString('hex')}`): Workstation {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    id,
    name,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/**
 * Loads the identity of the data folder, which is made at its first use. Throws a DataFolderError where it cannot be
 * read: the other workstations would not know a new one.
 */
export function loadWorkstation(dataDir: string): Workstation {
  const file = join(dataDir, 'workstation.json');
  if (existsSync(file)) {
    try {
      return workstationSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      throw new DataFolderError(
        `The workstation's identity in ${file} cannot be read. Restore it from a backup, or remove it to begin as a new workstation.`,
      );
    }
  }
  const made = makeWorkstation(hostname().slice(0, 100) || 'Workstation');
  saveWorkstation(dataDir, made);
  return made;
}

/** Writes the identity of the data folder, as a whole or not at all. */
export function saveWorkstation(dataDir: string, workstation: Workstation): void {
  const file = join(dataDir, 'workstation.json');
  writeFileSync(`${file}.new`, JSON.stringify(workstation), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
