import { randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { decrypt, encrypt } from '../people/sealBytes.ts';
import { DataFolderError } from '../store/DataFolderError.ts';
import { SECRET_MODE } from './backupFiles.ts';

/** The file of a backup that has its secret files, encrypted by a passphrase. */
export const SECRETS_FILE = 'secrets.json';

const CONTEXT = 'backup secrets';
/** Costs of scrypt (RFC 7914) that make each try of a passphrase take 128 MiB and about half a second. */
const usualCost = { N: 2 ** 17, r: 8, p: 1 };

/** Binary fields are base64url. The bounds keep a made-up file from taking the machine's memory. */
const sealedSchema = z.object({
  format: z.literal(1),
  cost: z.object({
    N: z
      .number()
      .int()
      .max(2 * usualCost.N),
    r: z.number().int().max(usualCost.r),
    p: z.number().int().max(usualCost.p),
  }),
  salt: z.string(),
  sealed: z.string(),
});
const filesSchema = z.record(z.string(), z.string());

const keyOf = (passphrase: string, salt: Buffer, cost: typeof usualCost): Buffer =>
  scryptSync(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem: 256 * cost.N * cost.r });

/** Whether the secrets of a backup are encrypted. */
export const hasEncryptedSecrets = (backup: string): boolean => existsSync(join(backup, SECRETS_FILE));

/** Encrypts the secret files of a data folder into one file of a backup. */
export function encryptSecrets(
  dataDir: string,
  names: readonly string[],
  backup: string,
  passphrase: string,
  cost = usualCost,
): void {
  const files = Object.fromEntries(
    names.map((name) => [name, readFileSync(join(dataDir, name)).toString('base64url')]),
  );
  const salt = randomBytes(16);
  const content: z.infer<typeof sealedSchema> = {
    format: 1,
    cost,
    salt: salt.toString('base64url'),
    sealed: encrypt(keyOf(passphrase, salt, cost), Buffer.from(JSON.stringify(files)), CONTEXT),
  };
  writeFileSync(join(backup, SECRETS_FILE), JSON.stringify(content), { mode: SECRET_MODE });
}

/** Decrypts the secret files of a backup, by name. Throws a DataFolderError where the passphrase is another one. */
export function decryptSecrets(backup: string, passphrase: string): Map<string, Buffer> {
  const read = (text: string): Buffer => Buffer.from(text, 'base64url');
  try {
    const { cost, salt, sealed } = sealedSchema.parse(JSON.parse(readFileSync(join(backup, SECRETS_FILE), 'utf8')));
    const text = decrypt(keyOf(passphrase, read(salt), cost), sealed, CONTEXT).toString('utf8');
    return new Map(Object.entries(filesSchema.parse(JSON.parse(text))).map(([name, bytes]) => [name, read(bytes)]));
  } catch (error) {
    throw new DataFolderError(
      `The secrets of the backup in ${backup} cannot be decrypted: the passphrase is not the one of this backup, or ${SECRETS_FILE} is damaged.`,
      { cause: error },
    );
  }
}
