import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DataFolderError } from '../store/DataFolderError.ts';
import { SECRET_MODE } from './backupFiles.ts';

/** The file of a backup that has its secret files, encrypted by a passphrase. */
export const SECRETS_FILE = 'secrets.json';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Costs of scrypt (RFC 7914) that make each try of a passphrase take 128 MiB and about half a second. */
const usualCost = { N: 2 ** 17, r: 8, p: 1 };

/** Binary fields are base64url. The bounds keep a made-up file from taking the machine's memory. */
const sealedSchema = z.object({
  format: z.literal(1),
  cost: z.object({
    N: z
      .number()
      .int()
      .max(2 ** 20),
    r: z.number().int().max(32),
    p: z.number().int().max(16),
  }),
  salt: z.string(),
  iv: z.string(),
  content: z.string(),
  tag: z.string(),
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
  const [salt, iv] = [randomBytes(16), randomBytes(IV_BYTES)];
  const cipher = createCipheriv(CIPHER, keyOf(passphrase, salt, cost), iv, { authTagLength: TAG_BYTES });
  const content = Buffer.concat([cipher.update(JSON.stringify(files)), cipher.final()]);
  const sealed: z.infer<typeof sealedSchema> = {
    format: 1,
    cost,
    salt: salt.toString('base64url'),
    iv: iv.toString('base64url'),
    content: content.toString('base64url'),
    tag: cipher.getAuthTag().toString('base64url'),
  };
  writeFileSync(join(backup, SECRETS_FILE), JSON.stringify(sealed), { mode: SECRET_MODE });
}

/** Decrypts the secret files of a backup, by name. Throws a DataFolderError where the passphrase is another one. */
export function decryptSecrets(backup: string, passphrase: string): Map<string, Buffer> {
  const read = (text: string): Buffer => Buffer.from(text, 'base64url');
  try {
    const { cost, salt, iv, content, tag } = sealedSchema.parse(
      JSON.parse(readFileSync(join(backup, SECRETS_FILE), 'utf8')),
    );
    const decipher = createDecipheriv(CIPHER, keyOf(passphrase, read(salt), cost), read(iv), {
      authTagLength: TAG_BYTES,
    }).setAuthTag(read(tag));
    const text = Buffer.concat([decipher.update(read(content)), decipher.final()]).toString('utf8');
    return new Map(Object.entries(filesSchema.parse(JSON.parse(text))).map(([name, bytes]) => [name, read(bytes)]));
  } catch (error) {
    throw new DataFolderError(
      `The secrets of the backup in ${backup} cannot be decrypted: the passphrase is not the one of this backup, or ${SECRETS_FILE} is damaged.`,
      { cause: error },
    );
  }
}
