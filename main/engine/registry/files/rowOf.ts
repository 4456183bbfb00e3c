/**
 * A row of a table as an object keyed by the names in the header. It is built here, which is twice as fast as letting
 * the parser do it: a county has tens of thousands of rows, a timetable hundreds of thousands.
 */
export function rowOf(names: readonly string[], cells: readonly string[]): Record<string, string> {
  const row: Record<string, string> = {};
  for (let i = 0; i < names.length; i++) {
    const [name, cell] = [names[i], cells[i]];
    if (name !== undefined && cell !== undefined) row[name] = cell;
  }
  return row;
}
