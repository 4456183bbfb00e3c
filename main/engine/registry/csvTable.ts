import { parse } from 'csv-parse/sync';

type CsvRow = Record<string, string>;

/**
 * Reads a CSV text from outside, whose rows may be too short or too long, and whose cells may have blanks around them
 * and quotes within. Calls `take` with each row as an object keyed by the names in the header, and with its line.
 * Throws the parser's error, which names the line. A timetable has millions of rows, so each row object is built here,
 * which is twice as fast as letting the parser do it, and is dropped before the next one: otherwise the heap would grow
 * to several times the size of the result and would not shrink for hours.
 */
export function csvTable(text: string, take: (row: CsvRow, line: number) => void): void {
  let names: string[] | undefined;
  const takeCells = (cells: string[], { lines }: { lines: number }): undefined => {
    if (names === undefined) {
      names = cells.map((name) => name.trim());
      return;
    }
    const row: CsvRow = {};
    for (let i = 0; i < names.length; i++) {
      const [name, cell] = [names[i], cells[i]];
      if (name !== undefined && cell !== undefined) row[name] = cell;
    }
    take(row, lines);
  };
  parse(text, {
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    on_record: takeCells,
  });
}
