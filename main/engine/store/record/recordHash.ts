import { createHash, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { LogEntry } from '../../../../shared/record/logEntry.ts';

/** The predecessor's hash in the first entry of a sequence. */
export const GENESIS_HASH = '0'.repeat(64);

/** A hash that begins so is over canonical JSON by RFC 8785; any other one is over the older text. */
const RFC_8785 = '2:';

/**
 * JSON with the keys of every object in order and without spaces, so that equal values have equal text. It differs from
 * RFC 8785 in keys that look like numbers, which come first and by their value.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

type Hashed = Omit<LogEntry, 'hash' | 'signature'>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hashedPart = ({ sequence, seq, atMs, clockMs, tick, author, seen, event }: Hashed, prevHash: string): object => ({
  sequence,
  seq,
  atMs,
  clockMs,
  tick,
  author,
  seen,
  event,
  prevHash,
});

/** Canonical JSON by RFC 8785; undefined for what it has no text for, such as halves of characters. */
function rfc8785(part: object): string | undefined {
  try {
    return canonicalize(part);
  } catch {
    return undefined;
  }
}

/**
 * The hash of a new entry: SHA-256, in hexadecimal, over its canonical JSON and the hash of its predecessor. Where RFC
 * 8785 gives another text than the older form, the hash is over that text and begins with the number of the format;
 * elsewhere both are one, and workstations of earlier versions can check it, too.
 */
export function hashOfEntry(entry: Hashed, prevHash: string): string {
  const part = hashedPart(entry, prevHash);
  const [older, text] = [canonicalJson(part), rfc8785(part)];
  return text === undefined || text === older ? sha256(older) : `${RFC_8785}${sha256(text)}`;
}

/** Whether a hash is that of an entry, in the format that the hash names. */
export function isHashOf(hash: string, entry: Hashed, prevHash: string): boolean {
  const part = hashedPart(entry, prevHash);
  if (!hash.startsWith(RFC_8785)) return hash === sha256(canonicalJson(part));
  const text = rfc8785(part);
  return text !== undefined && hash === `${RFC_8785}${sha256(text)}`;
}

const digestOf = (hash: string): Buffer => Buffer.from(hash.replace(RFC_8785, ''), 'hex');

/** SHA-256 of an entry of the record as it was before it had sequences. */
export function hashOfOldEntry(
  entry: { seq: number; atMs: number; actor: string; event: unknown },
  prevHash: string,
): string {
  const { seq, atMs, actor, event } = entry;
  return createHash('sha256').update(canonicalJson({ seq, atMs, actor, event, prevHash })).digest('hex');
}

/** Ed25519 over the hash, base64. */
export const signHash = (hash: string, key: KeyObject): string => sign(null, digestOf(hash), key).toString('base64');

export const isSignedBy = ({ hash, signature }: Pick<LogEntry, 'hash' | 'signature'>, key: KeyObject): boolean =>
  verify(null, digestOf(hash), key, Buffer.from(signature, 'base64'));
