type Cell = string | number | undefined;

/** A CSV text (RFC 4180, lines end in LF) with a header row. */
export function csvTable<T>(rows: readonly T[], columns: Record<string, (row: T) => Cell>): string {
  const readers = Object.values(columns);
  const lines = rows.map((row) => readers.map((read) => quoted(read(row))).join(','));
  return `${[Object.keys(columns).join(','), ...lines].join('\n')}\n`;
}

function quoted(cell: Cell): string {
  const text = cell === undefined ? '' : String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
