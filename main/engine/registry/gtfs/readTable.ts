import { parse } from 'csv-parse/sync';
import type { InfoRecord } from 'csv-parse/sync';
import { rowOf } from '../files/rowOf.ts';
import type { GtfsFaults } from './GtfsFaults.ts';
import type { GtfsFiles } from './readFiles.ts';

/** A row of a file of the feed: its line, counted from 1, and its cells by the names in the header. */
export type GtfsRow = { line: number; cells: Readonly<Record<string, string>> };

function textOf(bytes: Uint8Array, file: string, faults: GtfsFaults): string {
  try {
    const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    if (isWide) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    faults.note(file, 'It is not UTF-8; it was read as Windows-1252.');
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The separator of columns that the header has; anything but a comma is against the specification. */
function delimiterOf(text: string, file: string, faults: GtfsFaults): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  if (header.includes(',')) return ',';
  const other = [';', '\t', '|'].find((each) => header.includes(each));
  if (other === undefined) return ',';
  faults.note(file, `Its columns are separated by ${other === '\t' ? 'tabs' : `"${other}"`} instead of commas.`);
  return other;
}

/**
 * The rows of a file of the feed without empty ones, and without those that lack one of the columns `needed`, which are
 * noted. Rows may be too short or too long, and cells may have blanks around them and quotes within. A missing file is
 * an empty table, and noted where it `isRequired`.
 */
export function readTable(
  files: GtfsFiles,
  file: string,
  faults: GtfsFaults,
  needed: readonly string[],
  isRequired = false,
): GtfsRow[] {
  const bytes = files.get(file);
  if (bytes === undefined) {
    if (isRequired) faults.note(file, 'The file is missing.');
    return [];
  }
  const text = textOf(bytes, file, faults);
  const rows: GtfsRow[] = [];
  let names: string[] | undefined;
  const take = (values: string[], { lines: line }: InfoRecord): undefined => {
    if (names === undefined) {
      names = values.map((name) => name.trim());
      return;
    }
    if (values.every((value) => value === '')) return;
    const cells = rowOf(names, values);
    const missing = needed.find((column) => (cells[column] ?? '') === '');
    if (missing === undefined) rows.push({ line, cells });
    else faults.note(file, `A row has no ${missing}.`, line);
  };
  parse(text, {
    bom: true,
    skip_empty_lines: true,
    delimiter: delimiterOf(text, file, faults),
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      faults.note(file, `A row cannot be read: ${error?.code ?? 'not a CSV row'}.`, Number(error?.['lines'] ?? 0));
    },
    on_record: take,
  });
  return rows;
}
