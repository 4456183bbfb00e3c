import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { fieldNames, requiredNames } from '../../../../shared/base/fieldTable.ts';
import type { CountyFaults } from './CountyFaults.ts';
import { describeIssue } from './describeIssue.ts';
import { didYouMean, similarTo } from './didYouMean.ts';
import { readText } from './readText.ts';
import { rowOf } from './rowOf.ts';

/** A line that begins so is a remark. */
export const REMARK = '# ';

/** Where a cell begins in a line of the text, from 1; undefined where the line does not show it. */
function columnOf(line: string | undefined, index: number): number | undefined {
  if (line === undefined) return undefined;
  let isQuoted = false;
  for (let at = 0, cell = 0; at <= line.length; at++) {
    if (cell === index) return at + 1;
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === ',' && !isQuoted) cell++;
  }
  return undefined;
}

/** The separator that a header shows in place of commas. */
function wrongSeparator(header: string): string | undefined {
  if (header.includes(',')) return undefined;
  return header.includes(';')
    ? 'semicolons'
    : header.includes('\t')
      ? 'tabs'
      : header.includes('|')
        ? 'bars'
        : undefined;
}

const csvErrors: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'A cell begins with a quotation mark that is never closed.',
  CSV_INVALID_CLOSING_QUOTE: 'After the quotation mark that closes a cell there must be a comma.',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'After the quotation mark that closes a cell there must be a comma.',
  INVALID_OPENING_QUOTE:
    'A quotation mark stands within a cell: put the whole cell in quotation marks, and write those within twice.',
};

/** Checks the names in the header row; false where the rows cannot be read by them. */
function checkHeader(
  names: readonly string[],
  line: number,
  file: string,
  schema: z.ZodType,
  faults: CountyFaults,
): boolean {
  const [known, required] = [fieldNames(schema), requiredNames(schema)];
  const place = { file, line };
  if (!names.some((name) => similarTo(name, known) !== undefined)) {
    faults.add('error', place, `The first row must be a header with the columns ${required.join(', ')}.`);
    return false;
  }
  const strangers = names.filter((name) => !known.includes(name));
  for (const name of required.filter((each) => !names.includes(each))) {
    const meant = similarTo(name, strangers);
    const hint = meant === undefined ? '' : ` It has \`${meant}\`: is that meant?`;
    faults.add('error', place, `The header has no column \`${name}\`.${hint}`);
  }
  for (const name of strangers)
    faults.add('warning', place, `The column \`${name}\` means nothing here.${didYouMean(name, known)}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) faults.add('error', place, `The header has the column \`${twice}\` twice.`);
  return twice === undefined && required.every((name) => names.includes(name));
}

function tooManyCells(cells: readonly string[], count: number): string {
  const hint =
    cells.length > count
      ? ' Are there numbers with a decimal comma, or a text with a comma that is not in quotation marks?'
      : '';
  return `The row has ${cells.length} cells and the header ${count} columns.${hint}`;
}

/**
 * Reads a table of the county. A row with a fault is left out. Without a header that can be used there are no rows, and
 * an error.
 */
export async function readRows<T extends z.ZodType>(
  dir: string,
  file: string,
  schema: T,
  { columns, faults }: { columns: z.ZodType; faults: CountyFaults },
): Promise<z.output<T>[]> {
  const read = await readText(dir, file, faults);
  if (read === undefined) return [];
  // Lines are counted by one sign, whatever editor ended them.
  const text = read.replaceAll(/\r\n?/g, '\n');
  const lines = text.split('\n');
  const headerAt = lines.findIndex((each) => each.trim() !== '' && !each.startsWith(REMARK));
  const separator = wrongSeparator(lines[headerAt] ?? '');
  if (separator !== undefined) {
    faults.add(
      'error',
      { file, line: headerAt + 1 },
      `The columns are separated by ${separator}: separate them by commas.`,
    );
    return [];
  }
  return parseRows(text, lines, file, schema, columns, faults);
}

function parseRows<T extends z.ZodType>(
  text: string,
  lines: readonly string[],
  file: string,
  schema: T,
  columns: z.ZodType,
  faults: CountyFaults,
): z.output<T>[] {
  const made: z.output<T>[] = [];
  let names: string[] | undefined;
  let isUsable = true;
  const take = (cells: string[], { lines: line }: { lines: number }): undefined => {
    if (names === undefined) {
      names = cells.map((name) => name.trim());
      isUsable = checkHeader(names, line, file, columns, faults);
    } else if (isUsable) {
      if (cells.length > names.length)
        faults.add('leftOut', { file, line }, tooManyCells(cells, names.length), 'cells');
      else {
        const row = takeRow(cells, names, line, { file, lines, schema, faults });
        if (row !== undefined) made.push(row);
      }
    }
  };
  try {
    parse(text, {
      skip_empty_lines: true,
      relax_column_count: true,
      comment: REMARK,
      comment_no_infix: true,
      on_record: take,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as unknown as { lines?: number }).lines ?? 1;
    faults.add('error', { file, line }, csvErrors[error.code] ?? `This is no table: ${error.message}.`);
  }
  return made;
}

function takeRow<T extends z.ZodType>(
  cells: readonly string[],
  names: readonly string[],
  line: number,
  { file, lines, schema, faults }: { file: string; lines: readonly string[]; schema: T; faults: CountyFaults },
): z.output<T> | undefined {
  const row = rowOf(names, cells);
  const checked = schema.safeParse(row);
  if (checked.success) {
    const value = checked.data;
    return typeof value === 'object' && value !== null
      ? faults.settle(value, { file, at: () => ({ file, line }) })
      : value;
  }
  for (const issue of checked.error.issues) {
    const { path, text } = describeIssue(issue, row);
    const column = columnOf(lines[line - 1], names.indexOf(String(path[0])));
    faults.add('leftOut', { file, line, ...(column !== undefined && { column }) }, text, issue.code + String(path[0]));
  }
  return undefined;
}
