import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Measure } from '../../../shared/impact/measure.ts';

/**
 * SHA-256, hexadecimal, of the canonical JSON (RFC 8785) of a value; this is what names definitions, plans and files.
 */
export function canonicalHash(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('The value has no canonical JSON.');
  return createHash('sha256').update(text).digest('hex');
}

/** The hash that names a definition of a measure in the log and in reports. */
export const measureHash = (measure: Measure): string => canonicalHash(measure);
