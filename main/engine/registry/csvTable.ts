import { parse } from 'csv-parse/sync';

type CsvRow = Record<string, string>;

/**
 * What `make` makes of each row of a CSV text, which it is given by the names in its header, with its line in the file
 * where no line is empty. Throws the parser's error, which names the line, and what `make` throws. A county has tens of
 * thousands of rows, so each is put together here, which is twice as fast as letting the parser do it, and gone before
 * the next: else the heap grows by several times of what is kept, and does not shrink for hours. `isLoose` is for files
 * from outside: rows may be too short or too long, cells have blanks around them and quotes within.
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
