import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { csv } from '../../../../shared/shifts/csv.ts';

const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];
const lineOf = (text: string): string =>
  csv(['head'], [[text]])
    .split('\r\n')
    .slice(1)
    .join('\r\n');

it.each(SIGNS)('marks a cell that begins with %j as text', (sign) => {
  const [[cell] = []] = parse(csv(['head'], [[`${sign}1+1`]]), { fromLine: 2 });
  expect(cell).toBe(`'${sign}1+1`);
  expect(parse(csv(['head'], [[`  ${sign}1`]]), { fromLine: 2 })).toEqual([[`  '${sign}1`]]);
});

it('marks what begins a cell only where semicolons, tabs or lines end one', () => {
  for (const separator of [';', '\t', '\n', '\r\n'])
    expect(lineOf(`closed${separator}=HYPERLINK(1)`)).toContain(`${separator}'=HYPERLINK(1)`);
  expect(lineOf('a;b')).toBe('"a;b"\r\n');
});

it('leaves other text and numbers as they are, and reads back', () => {
  expect(csv(['a', 'b'], [[-5, 'Lane 2 - closed, 3 cars']])).toBe('a,b\r\n-5,"Lane 2 - closed, 3 cars"\r\n');
  const safe = fc.string().filter((text) => !/[=+\-@＝＋－＠\t\r]/.test(text));
  fc.assert(
    fc.property(fc.array(safe, { minLength: 2, maxLength: 4 }), (row) => {
      expect(parse(csv(row.map(String), [row]), { fromLine: 1, relaxColumnCount: true })[1]).toEqual(row);
    }),
  );
});

it('lets no reader of commas, semicolons or tabs find a formula, whatever the text', () => {
  const piece = fc.constantFrom('=1', '＝1', '+', '-', '@', ';', '\t', '\n', ' ', 'a', '\r');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const [, ...lines] = csv(['head'], [[pieces.join('')]]).split(/\r\n/);
      const cells = lines.join('\r\n').split(/[;\t\r\n]/);
      // The first piece holds the opening quote, or stands alone.
      for (const cell of cells) expect(cell.replace(/^"/, '').trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/);
    }),
  );
});
