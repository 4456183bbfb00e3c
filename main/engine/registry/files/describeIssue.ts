import type { z } from 'zod';
import { didYouMean } from './didYouMean.ts';

const MOST_SHOWN = 60;
const DECIMAL_COMMA = /^\s*-?\d+,\d+\s*$/;

/** What an issue of a schema is about, and what is wrong there in the words of the file. */
export type Described = { path: readonly (string | number)[]; text: string };

/** The value at a path. A cell that holds words is a list of them. */
function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value === 'string' && typeof key === 'number') return value.trim().split(/\s+/)[key];
    return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }, root);
}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text}"`;
};

const kinds: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
};

/** A name in a path: the last one that is no index, with the index after it. */
function nameOf(path: readonly PropertyKey[]): string {
  const at = path.findLastIndex((part) => typeof part === 'string');
  const index = path.slice(at + 1).map((part) => ` number ${Number(part) + 1}`);
  return at < 0 ? index.join('').trim() || 'this' : `\`${String(path[at])}\`${index.join(',')}`;
}

function wrongNumber(name: string, value: string): string {
  if (DECIMAL_COMMA.test(value))
    return `${name} has a decimal comma: write ${value.trim().replace(',', '.')} instead of ${shown(value)}.`;
  if (/[°'′″]|\d\s*[NSEW]$/i.test(value))
    return `${name} is ${shown(value)}: write degrees as a number, west and south negative, as -93.25.`;
  return `${name} is ${shown(value)}, and must be a number.`;
}

function wrongType(issue: z.core.$ZodIssueInvalidType, name: string, value: unknown): string {
  const expected = kinds[issue.expected] ?? issue.expected;
  if (value === undefined || value === null) return `${name} is missing: it must be ${expected}.`;
  if (typeof value === 'string' && (issue.expected === 'number' || issue.expected === 'int'))
    return value.trim() === '' ? `${name} is empty, and must be a number.` : wrongNumber(name, value);
  return `${name} is ${shown(value)}, and must be ${expected}.`;
}

function wrongSize(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, name: string, value: unknown): string {
  const isSmall = issue.code === 'too_small';
  const limit = String(isSmall ? issue.minimum : issue.maximum);
  if (issue.origin === 'string') return isSmall ? `${name} is empty.` : `${name} is longer than ${limit} characters.`;
  if (issue.origin === 'array' || issue.origin === 'set') {
    const count = Array.isArray(value) ? value.length : 0;
    return `${name} has ${count} entries, and needs ${isSmall ? 'at least' : 'at most'} ${limit}.`;
  }
  const words = isSmall
    ? issue.inclusive === false
      ? 'above'
      : 'at least'
    : issue.inclusive === false
      ? 'below'
      : 'at most';
  return `${name} is ${shown(value)}, and must be ${words} ${limit}.`;
}

function wrongWord(issue: z.core.$ZodIssueInvalidValue, name: string, value: unknown): string {
  const words = issue.values.map(String);
  if (value === undefined || value === '') return `${name} is missing: write ${words.join(', ')}.`;
  const hint = typeof value === 'string' ? didYouMean(value, words) : '';
  return `${name} is ${shown(value)}, and must be ${words.length > 1 ? 'one of ' : ''}${words.join(', ')}.${hint}`;
}

/** Of the ways that a value could have been right, the last is the one that people mean; the first allows nothing. */
function describeUnion(issue: z.core.$ZodIssueInvalidUnion, root: unknown): Described {
  const inner = issue.errors.at(-1)?.[0];
  if (inner === undefined) return { path: toPath(issue.path), text: `${nameOf(issue.path)} is not as expected.` };
  return describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, root);
}

const toPath = (path: readonly PropertyKey[]): (string | number)[] =>
  path.map((part) => (typeof part === 'number' ? part : String(part)));

/** Says what is wrong with a value that a schema did not take. `root`: the whole value that was checked. */
export function describeIssue(issue: z.core.$ZodIssue, root: unknown): Described {
  const [name, value] = [nameOf(issue.path), valueAt(root, issue.path)];
  const text = (words: string): Described => ({ path: toPath(issue.path), text: words });
  switch (issue.code) {
    case 'invalid_type':
      return text(wrongType(issue, name, value));
    case 'too_small':
    case 'too_big':
      // A needed cell that holds nothing is empty, whatever it would have been turned into.
      return text(
        typeof value === 'string' && value.trim() === '' ? `${name} is empty.` : wrongSize(issue, name, value),
      );
    case 'invalid_value':
      return text(wrongWord(issue, name, value));
    case 'invalid_union':
      return describeUnion(issue, root);
    case 'unrecognized_keys':
      return text(`${issue.keys.join(', ')} is not known here.`);
    default:
      return text(`${name}: ${issue.message}${issue.message.endsWith('.') ? '' : '.'}`);
  }
}
