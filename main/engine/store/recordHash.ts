import { createHash } from 'node:crypto';
import type { RecordEntry } from '../../../shared/incidents/incident.ts';

/** What the first entry of all follows. */
export const GENESIS_HASH = '0'.repeat(64);

/** JSON with the keys of every object in order and without spaces, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** SHA-256, in hexadecimal, over the canonical JSON of an entry and the hash of its predecessor. */
export function hashOfEntry(entry: Omit<RecordEntry, 'hash'>, prevHash: string): string {
  const { seq, atMs, actor, event } = entry;
  return createHash('sha256').update(canonicalJson({ seq, atMs, actor, event, prevHash })).digest('hex');
}
