import { createHash, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { LogEntry } from '../../../../shared/record/logEntry.ts';

/** The predecessor's hash in the first entry of a sequence. */
export const GENESIS_HASH = '0'.repeat(64);

/** JSON with the keys of every object in order and without spaces, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** SHA-256, in hexadecimal, over the canonical JSON of an entry and the hash of its predecessor. */
export function hashOfEntry(entry: Omit<LogEntry, 'hash' | 'signature'>, prevHash: string): string {
  const { sequence, seq, atMs, clockMs, tick, author, seen, event } = entry;
  return createHash('sha256')
    .update(canonicalJson({ sequence, seq, atMs, clockMs, tick, author, seen, event, prevHash }))
    .digest('hex');
}

/** SHA-256 of an entry of the record as it was before it had sequences. */
export function hashOfOldEntry(
  entry: { seq: number; atMs: number; actor: string; event: unknown },
  prevHash: string,
): string {
  const { seq, atMs, actor, event } = entry;
  return createHash('sha256').update(canonicalJson({ seq, atMs, actor, event, prevHash })).digest('hex');
}

/** Ed25519 over the hash, base64. */
export const signHash = (hash: string, key: KeyObject): string =>
  sign(null, Buffer.from(hash, 'hex'), key).toString('base64');

export const isSignedBy = ({ hash, signature }: Pick<LogEntry, 'hash' | 'signature'>, key: KeyObject): boolean =>
  verify(null, Buffer.from(hash, 'hex'), key, Buffer.from(signature, 'base64'));
