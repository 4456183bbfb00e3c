import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { StartError } from '../StartError.ts';

/** The cells of a row by the names that the reader gave, and its line in the file. */
export type NamedRow<Name extends string> = { line: number; cells: Partial<Record<Name, string>> };

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');

/**
 * Reads a CSV file of another system. Its columns are found by any of the names that `names` lists for them, whatever
 * their case and punctuation. Throws a StartError where the file cannot be read or lacks one of `required`.
 */
export function readColumns<Name extends string>(
  path: string,
  names: Readonly<Record<Name, readonly string[]>>,
  required: readonly Name[],
): NamedRow<Name>[] {
  let rows: { info: { lines: number }; record: string[] }[];
  try {
    rows = parse(readFileSync(path, 'utf8'), {
      bom: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
      relax_column_count: true,
      delimiter: [',', ';', '\t'],
    }) as unknown as typeof rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw new StartError(`${path} cannot be read.`);
    throw new StartError(`${path} is not a CSV file: ${error.message}.`);
  }
  const header = (rows[0]?.record ?? []).map(plain);
  const all = Object.entries(names) as [Name, readonly string[]][];
  const places = new Map(all.map(([name, words]) => [name, header.findIndex((each) => words.includes(each))]));
  const missing = required.filter((name) => (places.get(name) ?? -1) < 0);
  if (missing.length > 0)
    throw new StartError(`${basename(path)} has no column ${missing.join(', ')}: its first row must name the columns.`);
  return rows.slice(1).map(({ info, record }) => {
    const cells: Partial<Record<Name, string>> = {};
    for (const [name, at] of places) {
      const text = at < 0 ? undefined : record[at];
      if (text !== undefined && text !== '') cells[name] = text;
    }
    return { line: info.lines, cells };
  });
}

/** A position of two cells; undefined where they are none. */
export function positionOf(cells: { lon?: string; lat?: string }): [number, number] | undefined {
  const [lon, lat] = [Number(cells.lon ?? Number.NaN), Number(cells.lat ?? Number.NaN)];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : undefined;
}
