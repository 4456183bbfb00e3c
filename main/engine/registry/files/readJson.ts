import type { z } from 'zod';
import { fieldNames } from '../../../../shared/base/fieldTable.ts';
import type { CountyFaults, FaultLevel, Place } from './CountyFaults.ts';
import { describeIssue } from './describeIssue.ts';
import { didYouMean, similarTo } from './didYouMean.ts';
import { explainJsonError, locateInJson } from './locateInJson.ts';
import { readText } from './readText.ts';

export type JsonPath = readonly (string | number)[];
/** A JSON file that was read. `placeOf`: where a value stands in the text, or the nearest thing around it. */
export type JsonFile = { file: string; value: unknown; placeOf: (path: JsonPath) => Place };

/** A key for remarks, as JSON has no comments. */
const isRemark = (key: string): boolean => key.startsWith('//') || key === '$schema';

function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Reads JSON; undefined, with an error at its line and column, where it is none. */
export async function readJson(dir: string, file: string, faults: CountyFaults): Promise<JsonFile | undefined> {
  const text = await readText(dir, file, faults);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return { file, value, placeOf: (path) => ({ file, ...placeAt(text, locateInJson(text, path)) }) };
  } catch (error) {
    const { offset, what } = explainJsonError(text, error instanceof Error ? error.message : '');
    faults.add('error', { file, ...placeAt(text, offset) }, `This is not JSON: ${what}.`);
    return undefined;
  }
}

/**
 * Checks a part of a JSON file against its schema; undefined where it does not hold. `level`: what that means for the
 * start.
 */
export function checkPart<T extends z.ZodType>(
  schema: T,
  value: unknown,
  { json, path, level, faults }: { json: JsonFile; path: JsonPath; level: FaultLevel; faults: CountyFaults },
): z.output<T> | undefined {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  for (const issue of checked.error.issues) {
    const { path: within, text } = describeIssue(issue, value);
    faults.add(
      level,
      { file: json.file, at: () => json.placeOf([...path, ...within]) },
      text,
      issue.code + String(within[0] ?? ''),
    );
  }
  return undefined;
}

/**
 * Warns of keys that a part of a JSON file has and that mean nothing. `isStrict`: of all of them, otherwise only of
 * those that resemble one that does.
 */
export function warnOfKeys(
  known: readonly string[],
  value: unknown,
  { json, path, faults, isStrict }: { json: JsonFile; path: JsonPath; faults: CountyFaults; isStrict: boolean },
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const key of Object.keys(value)) {
    if (known.includes(key) || isRemark(key) || (!isStrict && similarTo(key, known) === undefined)) continue;
    faults.add('warning', json.placeOf([...path, key]), `\`${key}\` means nothing here.${didYouMean(key, known)}`);
  }
}

/** Checks the entries of a list of a JSON file one by one; an entry with a fault is left out. */
export function checkEntries<T extends z.ZodType>(
  schema: T,
  list: unknown,
  { json, path, faults }: { json: JsonFile; path: JsonPath; faults: CountyFaults },
): z.output<T>[] {
  if (!Array.isArray(list)) {
    if (list !== undefined) faults.add('leftOut', json.placeOf(path), `\`${String(path.at(-1))}\` must be a list.`);
    return [];
  }
  const names = fieldNames(schema);
  return list.flatMap((value: unknown, index) => {
    const at = [...path, index];
    warnOfKeys(names, value, { json, path: at, faults, isStrict: true });
    const made = checkPart(schema, value, { json, path: at, level: 'leftOut', faults });
    return made === undefined
      ? []
      : [
          typeof made === 'object' && made !== null
            ? faults.settle(made, { file: json.file, at: () => json.placeOf(at) })
            : made,
        ];
  });
}
