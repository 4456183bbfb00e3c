import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { alarmsOf } from './alarmRows.ts';
import type { AlarmRow } from './alarmRows.ts';

/**
 * The keyboard's cursor in a list that changes under it. The cursor follows its row by the row's key; when that row has
 * gone, the cursor stays at the same index. When nothing is selected, keys act on the row of the cursor.
 */
export type ListCursor = {
  key: string | undefined;
  index: number;
  /** The key of the row where the selected range began. */ anchor: string | undefined;
  selected: ReadonlySet<string>;
};

export const firstCursor: ListCursor = { key: undefined, index: 0, anchor: undefined, selected: new Set() };

/** The rows, and the index of each key. */
export type Rows = { list: readonly AlarmRow[]; places: ReadonlyMap<string, number> };

export const placed = (list: readonly AlarmRow[]): Rows => ({
  list,
  places: new Map(list.map(({ key }, index) => [key, index])),
});

/** The index of the cursor's row; -1 in an empty list. */
export function cursorIndex({ key, index }: ListCursor, { list, places }: Rows): number {
  const known = key === undefined ? undefined : places.get(key);
  return known ?? Math.min(index, list.length - 1);
}

/**
 * Moves the cursor to another row, clamped to the list. `isExtending` selects everything from the row where the range
 * began.
 */
export function movedTo(cursor: ListCursor, rows: Rows, target: number, isExtending: boolean): ListCursor {
  const index = Math.max(0, Math.min(rows.list.length - 1, target));
  const key = rows.list[index]?.key;
  if (key === undefined) return cursor;
  if (!isExtending) return { key, index, anchor: undefined, selected: new Set() };
  const from = cursorIndex(cursor, rows);
  const anchor = cursor.anchor ?? rows.list[from]?.key;
  const begin = anchor === undefined ? from : (rows.places.get(anchor) ?? from);
  const range = rows.list.slice(Math.min(begin, index), Math.max(begin, index) + 1);
  return { key, index, anchor, selected: new Set(range.map((row) => row.key)) };
}

/** Adds a row to the selection, or removes it. */
export function toggled(cursor: ListCursor, rows: Rows, index: number): ListCursor {
  const key = rows.list[index]?.key;
  if (key === undefined) return cursor;
  const selected = new Set(cursor.selected);
  if (!selected.delete(key)) selected.add(key);
  return { key, index, anchor: key, selected };
}

export const allSelected = (cursor: ListCursor, { list }: Rows): ListCursor => ({
  ...cursor,
  selected: new Set(list.map(({ key }) => key)),
});

/**
 * The alarms that keys act on: those of the selected rows, or else of the cursor's row, each one once and in the order
 * of the list.
 */
export function targetsOf(cursor: ListCursor, rows: Rows): Alarm[] {
  const chosen = rows.list.filter(({ key }) => cursor.selected.has(key));
  const at = rows.list[cursorIndex(cursor, rows)];
  const alarms = (chosen.length > 0 ? chosen : at === undefined ? [] : [at]).flatMap((row) => alarmsOf(row));
  return [...new Set(alarms)];
}

/**
 * Moves the cursor, after the selected rows were handled, to the row below the last of them, as an operator works down
 * a list.
 */
export function passedOn(cursor: ListCursor, rows: Rows): ListCursor {
  const last = Math.max(cursorIndex(cursor, rows), ...[...cursor.selected].map((key) => rows.places.get(key) ?? -1));
  return movedTo(cursor, rows, last + 1, false);
}

/** The index of the group's row to which a member belongs; undefined for a row that is no member. */
export function headOf(rows: Rows, index: number): number | undefined {
  const row = rows.list[index];
  return row?.kind === 'alarm' && row.group !== undefined ? rows.places.get(row.group) : undefined;
}
