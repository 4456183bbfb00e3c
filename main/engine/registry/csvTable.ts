import { parse } from 'csv-parse/sync';

type CsvRow = Record<string, string>;

/**
 * The rows of a CSV text by the names in its header. Throws the parser's error, which names the line. Rows are put together here, as that is twice as fast as
 * letting the parser do it, and a county has tens of thousands. `isLoose` is for files from outside: rows may be too short or too long, cells have blanks
 * around them and quotes within.
 */
export function csvTable(text: string, isLoose = false): CsvRow[] {
  const [header = [], ...records] = parse(text, { bom: true, skip_empty_lines: true, ...(isLoose && { relax_column_count: true, relax_quotes: true, trim: true }) });
  const names = header.map((name) => name.trim());
  return records.map((cells) => {
    const row: CsvRow = {};
    for (let i = 0; i < names.length; i++) {
      const [name, cell] = [names[i], cells[i]];
      if (name !== undefined && cell !== undefined) row[name] = cell;
    }
    return row;
  });
}
