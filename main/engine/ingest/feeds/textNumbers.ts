import type { z } from 'zod';

const PLAIN_NUMBER = /^\s*[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?\s*$/;

/** The number that a text is; undefined where it is none, or one that could be read in two ways ("1,234"). */
export const textNumber = (text: string): number | undefined => (PLAIN_NUMBER.test(text) ? Number(text) : undefined);

type Container = Record<string | number, unknown>;

/** Replaces the text at a path by the number that it is; returns whether it could. */
function replaceText(root: unknown, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  let at: unknown = root;
  for (const key of path.slice(0, -1))
    at = typeof at === 'object' && at !== null ? (at as Container)[key as string] : at;
  if (last === undefined || typeof at !== 'object' || at === null) return false;
  const held = (at as Container)[last as string];
  const number = typeof held === 'string' ? textNumber(held) : undefined;
  if (number !== undefined) (at as Container)[last as string] = number;
  return number !== undefined;
}

/**
 * Checks a value as JSON.parse gave it. Many gateways write numbers as text ("317.3988"): where the schema wants a
 * number and finds such a text, the number counts, and the value is changed in place.
 */
export function parseLoosely<T extends z.ZodType>(schema: T, value: unknown): z.ZodSafeParseResult<z.output<T>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed;
  const places = parsed.error.issues.filter(({ code, path }) => code === 'invalid_type' && path.length > 0);
  const replaced = places.filter(({ path }) => replaceText(value, path));
  return replaced.length === 0 ? parsed : schema.safeParse(value);
}
