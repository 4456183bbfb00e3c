import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** A question and what it asks for. */
export type Labelled = { text: string; intent: string };

const pairs = z.array(z.tuple([z.string(), z.string()]));
const clinc = z.record(z.string(), pairs);
const labelled = (list: z.infer<typeof pairs>): Labelled[] => list.map(([text, intent]) => ({ text, intent }));

/** The parts of a file: named lists in the form of CLINC150, or one list `all` in a CSV file of two columns. */
export function readExamples(path: string): Map<string, Labelled[]> {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.csv')) {
    const [, ...rows] = pairs.parse(parse(text, { bom: true, skipEmptyLines: true }));
    return new Map([['all', labelled(rows)]]);
  }
  const read: unknown = JSON.parse(text);
  if (Array.isArray(read)) return new Map([['all', labelled(pairs.parse(read))]]);
  return new Map(Object.entries(clinc.parse(read)).map(([name, list]) => [name, labelled(list)]));
}

/** The lists that belong to one part, as `test` and `oos_test` to `test`. */
export const examplesOf = (lists: ReadonlyMap<string, Labelled[]>, part: string): Labelled[] =>
  [...lists].flatMap(([name, list]) => (name === part || name === `oos_${part}` ? list : []));
