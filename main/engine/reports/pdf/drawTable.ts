import { ink } from './Sheet.ts';
import type { Sheet, TextStyle } from './Sheet.ts';

/** `share`: of the width that fixed columns leave. */
export type Column = { head: string; align?: 'left' | 'right'; isTabular?: boolean; size?: number } & (
  { width: number } | { share: number }
);
/** `note` stands below in smaller type. */
export type Cell = string | { text: string; isStrong?: boolean; note?: string };

type Placed = Column & { x: number; inner: number };
type Table = {
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  /** What the table shows, for screen readers. */ summary: string;
  /** Where it stands, if not over the whole width. */ span?: { x: number; width: number };
  /** Above and below each row, in points. */ padding?: number;
};

const PAD_X = 3;
const PAD_Y = 3;
const HEAD: TextStyle = { size: 7, isStrong: true, color: ink.second };
const BODY_SIZE = 8;
const NOTE: TextStyle = { size: 7, color: ink.second };

function place(columns: readonly Column[], { x: left, width: all }: { x: number; width: number }): Placed[] {
  const fixed = columns.reduce((sum, column) => sum + ('width' in column ? column.width : 0), 0);
  const shares = columns.reduce((sum, column) => sum + ('share' in column ? column.share : 0), 0);
  let x = left;
  return columns.map((column) => {
    const width = 'width' in column ? column.width : ((all - fixed) * column.share) / shares;
    const placed = { ...column, x: x + PAD_X, inner: width - 2 * PAD_X };
    x += width;
    return placed;
  });
}

const styleOf = ({ align = 'left', isTabular, size = BODY_SIZE }: Column, isStrong: boolean): TextStyle => ({
  size,
  align,
  isStrong,
  ...(isTabular === true && { isTabular }),
});

const partsOf = (cell: Cell | undefined): { text: string; isStrong: boolean; note: string } =>
  typeof cell === 'object' ? { isStrong: false, note: '', ...cell } : { text: cell ?? '', isStrong: false, note: '' };

function drawCell(sheet: Sheet, column: Placed, cell: Cell | undefined, y: number): void {
  const { text, isStrong, note } = partsOf(cell);
  const style = styleOf(column, isStrong);
  sheet.text(text, column.x, y, column.inner, style);
  if (note !== '')
    sheet.text(note, column.x, y + sheet.measure(text, column.inner, style), column.inner, {
      ...NOTE,
      align: style.align ?? 'left',
    });
}

function heightOf(sheet: Sheet, columns: readonly Placed[], row: readonly Cell[], padding: number): number {
  const heights = columns.map((column, index) => {
    const { text, isStrong, note } = partsOf(row[index]);
    return (
      sheet.measure(text, column.inner, styleOf(column, isStrong)) +
      (note === '' ? 0 : sheet.measure(note, column.inner, NOTE))
    );
  });
  return Math.max(...heights) + 2 * padding;
}

const headHeight = (sheet: Sheet, columns: readonly Placed[]): number =>
  Math.max(...columns.map(({ head, inner }) => sheet.measure(head, inner, HEAD))) + 2 * PAD_Y;

/** Draws the heads of the columns, which all end at the line below them. */
function drawHeads(
  sheet: Sheet,
  columns: readonly Placed[],
  rule: (weight: number, color: string) => void,
  tag: (draw: () => void) => void,
): void {
  const height = headHeight(sheet, columns);
  for (const { head, x, inner, align = 'left' } of columns) {
    const y = sheet.y + height - PAD_Y - sheet.measure(head, inner, HEAD);
    tag(() => sheet.text(head, x, y, inner, { ...HEAD, align }));
  }
  sheet.y += height;
  rule(0.75, ink.text);
}

/** A table that goes on over pages: rows stay whole, heads are repeated. */
export function drawTable(
  sheet: Sheet,
  { columns: given, rows, summary, span = { x: sheet.left, width: sheet.width }, padding = PAD_Y }: Table,
): void {
  const columns = place(given, span);
  const rule = (weight: number, color: string): void => sheet.rule(sheet.y, weight, color, span.x, span.width);
  const firstHeight = rows[0] === undefined ? 0 : heightOf(sheet, columns, rows[0], padding);
  sheet.ensure(headHeight(sheet, columns) + firstHeight);
  const table = sheet.begin('Table', undefined, { alt: summary });
  const headRow = sheet.begin('TR', table);
  drawHeads(sheet, columns, rule, (draw) => sheet.tag('TH', draw, { scope: 'Column' }, headRow));
  headRow.end();
  rows.forEach((row, index) => {
    const height = heightOf(sheet, columns, row, padding);
    if (sheet.ensure(height)) drawHeads(sheet, columns, rule, (draw) => sheet.artifact(draw));
    const line = sheet.begin('TR', table);
    columns.forEach((column, at) =>
      sheet.tag('TD', () => drawCell(sheet, column, row[at], sheet.y + padding), {}, line),
    );
    line.end();
    sheet.y += height;
    if (index === rows.length - 1) rule(0.5, ink.rule);
    else rule(0.25, ink.hairline);
  });
  table.end();
  sheet.y += 8;
}
