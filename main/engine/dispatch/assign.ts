/**
 * Gives each row at most one column of its own, so that the sum of costs is lowest. A row without a column costs its
 * `idleCost`: where that is large, filling the row comes before saving on others. A cost of `Infinity` marks a pair
 * that is impossible. Returns the column of each row, or undefined. The Hungarian algorithm in the form of Jonker and
 * Volgenant (1987): one shortest augmenting path per row, rows × (columns + rows) steps each.
 */
export function assign(
  costs: readonly (readonly number[])[],
  idleCost: (row: number) => number,
): (number | undefined)[] {
  const columnCount = costs[0]?.length ?? 0;
  // Each row has an idle column of its own, behind the real columns.
  const costOf = (row: number, column: number): number =>
    column < columnCount
      ? (costs[row]?.[column] ?? Number.POSITIVE_INFINITY)
      : column - columnCount === row
        ? idleCost(row)
        : Number.POSITIVE_INFINITY;
  const width = columnCount + costs.length;
  const rowOf: (number | undefined)[] = Array.from({ length: width }, () => undefined);
  const rowPrice = costs.map(() => 0);
  const columnPrice = Array.from({ length: width }, () => 0);
  costs.forEach((_, row) => augment({ row, costOf, rowOf, rowPrice, columnPrice, width }));
  const columns: (number | undefined)[] = costs.map(() => undefined);
  rowOf.forEach((row, column) => {
    if (row !== undefined && column < columnCount) columns[row] = column;
  });
  return columns;
}

type Step = {
  row: number;
  costOf: (row: number, column: number) => number;
  rowOf: (number | undefined)[];
  rowPrice: number[];
  columnPrice: number[];
  width: number;
};

/** Brings one more row in, along the cheapest chain of rows that move to other columns. */
function augment({ row, costOf, rowOf, rowPrice, columnPrice, width }: Step): void {
  const shortest = Array.from({ length: width }, () => Number.POSITIVE_INFINITY);
  const before: number[] = Array.from({ length: width }, () => -1);
  const isDone = Array.from({ length: width }, () => false);
  let [at, atRow, column, reached]: [number, number | undefined, number, number] = [-1, row, -1, 0];
  while (atRow !== undefined) {
    let next = -1;
    for (column = 0; column < width; column++) {
      if (isDone[column] === true) continue;
      const cost = reached + costOf(atRow, column) - (rowPrice[atRow] ?? 0) - (columnPrice[column] ?? 0);
      if (cost < (shortest[column] ?? 0)) {
        shortest[column] = cost;
        before[column] = at;
      }
      if (next < 0 || (shortest[column] ?? 0) < (shortest[next] ?? 0)) next = column;
    }
    at = next;
    reached = shortest[at] ?? 0;
    isDone[at] = true;
    atRow = rowOf[at];
  }
  rowPrice[row] = (rowPrice[row] ?? 0) + reached;
  isDone.forEach((done, each) => {
    const owner = rowOf[each];
    if (!done || each === at) return;
    const slack = reached - (shortest[each] ?? 0);
    columnPrice[each] = (columnPrice[each] ?? 0) - slack;
    if (owner !== undefined) rowPrice[owner] = (rowPrice[owner] ?? 0) + slack;
  });
  for (let each = at; each >= 0;) {
    const previous = before[each] ?? -1;
    rowOf[each] = previous < 0 ? row : rowOf[previous];
    each = previous;
  }
}
