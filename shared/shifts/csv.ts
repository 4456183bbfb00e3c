/** What a cell may hold; nothing is empty. */
export type CsvValue = string | number | null | undefined;

/** Quoted where it must be; what a spreadsheet would take for a formula is marked as text. */
function cell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated values (RFC 4180) with a line of heads. */
export const csv = (heads: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  `${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
