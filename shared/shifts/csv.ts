/** The value of a cell; null and undefined give an empty one. */
export type CsvValue = string | number | null | undefined;

/**
 * Where a formula would begin: at the start of a cell, and after each character that a spreadsheet of another locale
 * takes for the end of a cell, because it does not know the quotes around this one. Full-width signs count as well.
 */
const FORMULA = /(?<=^|[;\t\r\n])[^\S\t\r\n]*(?=[=+\-@＝＋－＠\t\r])/g;
/** What must stand in quotes, for readers who separate cells by commas, semicolons or tabs. */
const QUOTED = /[",;\t\n\r]/;

/** The text of a cell, quoted where necessary; what a spreadsheet would take for a formula is marked as text. */
function cell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = value.replaceAll(FORMULA, "$&'");
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated values (RFC 4180) with a line of column names. */
export const csv = (heads: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  `${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
