import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '../../../../../main/engine/dispatch/assign.ts';

/** The lowest sum of all ways to assign, by trying each. */
function lowest(
  costs: readonly (readonly number[])[],
  idle: readonly number[],
  row = 0,
  taken: readonly number[] = [],
): number {
  const rest = costs[row];
  if (rest === undefined) return 0;
  const choices = rest.flatMap((cost, column) =>
    taken.includes(column) || cost === Infinity ? [] : [cost + lowest(costs, idle, row + 1, [...taken, column])],
  );
  return Math.min((idle[row] ?? 0) + lowest(costs, idle, row + 1, taken), ...choices);
}

const cost = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 1000 }) }, fc.constant(Infinity));
const tables = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 5 }))
  .chain(([rows, columns]) =>
    fc.tuple(
      fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: rows, maxLength: rows }),
    ),
  );

describe('assign', () => {
  it('finds what trying every way finds, and gives no column twice', () => {
    fc.assert(
      fc.property(tables, ([costs, idle]) => {
        const columns = assign(costs, (row) => idle[row] ?? 0);
        const given = columns.filter((column) => column !== undefined);
        expect(new Set(given).size).toBe(given.length);
        expect(
          columns.reduce(
            (sum: number, column, row) => sum + (column === undefined ? idle[row]! : costs[row]![column]!),
            0,
          ),
        ).toBe(lowest(costs, idle));
      }),
      { numRuns: 1000 },
    );
  });

  it('fills more rows rather than the first one well', () => {
    expect(
      assign(
        [
          [1, 500],
          [2, Infinity],
        ],
        () => 1e6,
      ),
    ).toEqual([1, 0]);
  });
});
