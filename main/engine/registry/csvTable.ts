import { parse } from 'csv-parse/sync';

type CsvRow = Record<string, string>;

/**
 * Reads a CSV text: returns the results of `make` for each row. `make` gets the row as an object keyed by the names in
 * the header, and its line in the file, which is right where the file has no empty lines. Throws the parser's error,
 * which names the line, and whatever `make` throws. A county has tens of thousands of rows, so each row object is built
 * here, which is twice as fast as letting the parser do it, and is dropped before the next one: otherwise the heap
 * would grow to several times the size of the result and would not shrink for hours. `isLoose` is for files from
 * outside: rows may be too short or too long, cells may have blanks around them and quotes within.
 */
export function csvTable<T>(text: string, make: (row: CsvRow, line: number) => T, isLoose = false): T[] {
  const made: T[] = [];
  let names: string[] | undefined;
  const take = (cells: string[]): undefined => {
    if (names === undefined) {
      names = cells.map((name) => name.trim());
      return;
    }
    const row: CsvRow = {};
    for (let i = 0; i < names.length; i++) {
      const [name, cell] = [names[i], cells[i]];
      if (name !== undefined && cell !== undefined) row[name] = cell;
    }
    // Line 1 is the header.
    made.push(make(row, made.length + 2));
  };
  parse(text, {
    bom: true,
    skip_empty_lines: true,
    on_record: take,
    ...(isLoose && { relax_column_count: true, relax_quotes: true, trim: true }),
  });
  return made;
}
