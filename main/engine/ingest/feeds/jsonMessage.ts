import { isAscii } from 'node:buffer';
import type { z } from 'zod';
import type { Refusal } from '../feed.ts';
import { parseLoosely } from './textNumbers.ts';

const MOST_BYTES = 262_144;
/** Nothing in these streams was measured before 2000; an earlier time means a broken clock or another unit. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
/**
 * A time far in the future means a wrong unit; a time a little ahead means a wrong clock, which the pipeline judges.
 */
const LATEST_MS = Date.UTC(2100, 0, 1);

const decoder = new TextDecoder('utf-8', { fatal: true });

export type Decoded<T> = { message: T } | { refusal: Refusal };

const refusal = (reason: Refusal['reason'], detail: string): { refusal: Refusal } => ({ refusal: { reason, detail } });

/** Returns whether a value can have been measured at this time, given in epoch milliseconds. */
export const isTime = (atMs: number): boolean => atMs >= EARLIEST_MS && atMs < LATEST_MS;

/** Most payloads are ASCII, which needs no decoder. */
const textOf = (payload: Uint8Array): string =>
  payload instanceof Buffer && isAscii(payload) ? payload.toString('latin1') : decoder.decode(payload);

/**
 * Parses and checks a JSON payload, or returns the reason for its refusal. Never throws. `readPlain` may read most
 * messages in a shorter way, as long as its result would pass the schema unchanged.
 */
export function jsonMessage<T extends z.ZodType>(
  schema: T,
  payload: Uint8Array,
  readPlain?: (payload: Uint8Array) => z.output<T> | undefined,
): Decoded<z.output<T>> {
  if (payload.length > MOST_BYTES) return refusal('tooLarge', `${String(payload.length)} bytes`);
  const plain = readPlain?.(payload);
  if (plain !== undefined) return { message: plain };
  let value: unknown;
  try {
    value = JSON.parse(textOf(payload));
  } catch (error) {
    return refusal('notJson', error instanceof Error ? error.message : String(error));
  }
  const parsed = parseLoosely(schema, value);
  if (parsed.success) return { message: parsed.data };
  const [issue] = parsed.error.issues;
  return refusal(
    'badShape',
    issue === undefined ? 'not as documented' : `${issue.path.join('.') || 'message'}: ${issue.message}`,
  );
}
