/** The value of a cell; null and undefined give an empty one. */
export type CsvValue = string | number | null | undefined;

/** The text of a cell, quoted where necessary; what a spreadsheet would take for a formula is marked as text. */
function cell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated values (RFC 4180) with a line of column names. */
export const csv = (heads: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  `${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
