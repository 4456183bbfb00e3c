import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame, frameColumns, frameKinds, makeColumns } from '../../../../shared/live/frame.ts';

describe('live frames', () => {
  it('come back as they went, for every kind and number of rows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...frameKinds),
        fc.nat(300),
        fc.boolean(),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.infiniteStream(fc.double({ noNaN: false })),
        (kind, count, isFull, seq, numbers) => {
          const columns = makeColumns(kind, count);
          for (const column of Object.values(columns))
            for (let row = 0; row < count; row++) column[row] = numbers.next().value;
          const frame = decodeFrame(encodeFrame({ kind, columns, count, isFull, seq, atMs: 1_700_000_000_000 }));
          expect(frame).toEqual({ kind, columns, count, isFull, seq, atMs: 1_700_000_000_000 });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('start every column on a multiple of eight bytes, so that views need no copy', () => {
    const bytes = encodeFrame({
      kind: 'vehicles',
      columns: makeColumns('vehicles', 3),
      count: 3,
      isFull: true,
      seq: 1,
      atMs: 0,
    });
    for (const column of Object.values(decodeFrame(bytes).columns)) expect(column.byteOffset % 8).toBe(0);
  });

  it('send only the rows that are counted, though the columns have room for more', () => {
    const columns = makeColumns('units', 10);
    expect(
      decodeFrame(encodeFrame({ kind: 'units', columns, count: 2, isFull: false, seq: 1, atMs: 0 })).columns.index,
    ).toHaveLength(2);
  });

  it('refuse what is not a frame', () => {
    expect(() => decodeFrame(new ArrayBuffer(8))).toThrow(RangeError);
    expect(() => decodeFrame(new ArrayBuffer(400))).toThrow(RangeError);
    const cut = encodeFrame({
      kind: 'links',
      columns: makeColumns('links', 50),
      count: 50,
      isFull: true,
      seq: 1,
      atMs: 0,
    }).slice(0, 100);
    expect(() => decodeFrame(cut)).toThrow(RangeError);
  });

  it('name an index first in every kind', () => {
    for (const kind of frameKinds) expect(Object.keys(frameColumns[kind])[0]).toBe('index');
  });
});
