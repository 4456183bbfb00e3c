import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { keepHashedFile } from '../base/hashedFiles.ts';
import { canonicalHash } from './measureHash.ts';

const fileOf = (dataDir: string, hash: string): string => join(dataDir, 'impact', `${hash}.json`);

/** Keeps a baseline or a report under the SHA-256 of its canonical JSON, durable when it resolves with the hash. */
export async function keepImpactFile(dataDir: string, value: object): Promise<string> {
  const hash = canonicalHash(value);
  await keepHashedFile(fileOf(dataDir, hash), Buffer.from(canonicalize(value) ?? '', 'utf8'));
  return hash;
}

/** What a hash names; undefined where it is not here, cannot be read, or was changed. */
export function findImpactFile(dataDir: string, hash: string): unknown {
  if (!/^[0-9a-f]{64}$/.test(hash)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(fileOf(dataDir, hash), 'utf8'));
    return typeof value === 'object' && value !== null && canonicalHash(value) === hash ? value : undefined;
  } catch {
    return undefined;
  }
}
