import { parse } from 'csv-parse/sync';
import type { InfoRecord } from 'csv-parse/sync';

type CsvRow = Record<string, string>;

/** For files from outside: rows may be too short or too long, cells may have blanks around them and quotes within. */
type Loose = { delimiter: string; /** Called for each row that cannot be read and is left out. */ onSkip: OnSkip };
type OnSkip = (reason: string, line: number) => void;

/**
 * Reads a CSV text: returns the results of `make` for each row. `make` gets the row as an object keyed by the names in
 * the header, and its line in the file, counted from 1. Throws the parser's error, which names the line, and whatever
 * `make` throws. A county has tens of thousands of rows, so each row object is built here, which is twice as fast as
 * letting the parser do it, and is dropped before the next one: otherwise the heap would grow to several times the size
 * of the result and would not shrink for hours.
 */
export function csvTable<T>(text: string, make: (row: CsvRow, line: number) => T, loose?: Loose): T[] {
  const made: T[] = [];
  let names: string[] | undefined;
  const take = (cells: string[], { lines }: InfoRecord): undefined => {
    if (names === undefined) {
      names = cells.map((name) => name.trim());
      return;
    }
    const row: CsvRow = {};
    for (let i = 0; i < names.length; i++) {
      const [name, cell] = [names[i], cells[i]];
      if (name !== undefined && cell !== undefined) row[name] = cell;
    }
    made.push(make(row, lines));
  };
  parse(text, {
    bom: true,
    skip_empty_lines: true,
    on_record: take,
    ...(loose !== undefined && {
      delimiter: loose.delimiter,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      skip_records_with_error: true,
      on_skip: (error) => {
        loose.onSkip(error?.code ?? 'not a CSV row', Number(error?.['lines'] ?? 0));
      },
    }),
  });
  return made;
}
