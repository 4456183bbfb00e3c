import { makeColumns } from '../../../../shared/live/frame.ts';
import type { Frame, FrameData, FrameKind } from '../../../../shared/live/frame.ts';

/**
 * Records which rows of a table changed at which version. Every reader keeps a cursor of its own, so any number of
 * screens can read.
 */
export class ChangedRows {
  #versions: Float64Array;
  #version = 1;
  #count: number;
  /** The version at which a row was last removed: a reader with an older cursor needs all rows. */
  #droppedAt = 0;

  constructor(count: number) {
    this.#count = count;
    this.#versions = new Float64Array(Math.max(count, 16)).fill(1);
  }

  touch(row: number): void {
    if (row >= this.#versions.length) this.#grow(row + 1);
    this.#count = Math.max(this.#count, row + 1);
    this.#versions[row] = ++this.#version;
  }

  /** Must be called when a row is no longer to be shown. */
  dropped(): void {
    this.#droppedAt = ++this.#version;
  }

  /**
   * Rows newer than `cursor`, ascending; undefined when nothing changed. A cursor of 0, or one from before a row was
   * removed, gets all rows.
   */
  since(cursor: number): { rows: number[]; isFull: boolean; cursor: number } | undefined {
    if (cursor >= this.#version) return undefined;
    const isFull = cursor < Math.max(this.#droppedAt, 1);
    const rows: number[] = [];
    for (let row = 0; row < this.#count; row++) if (isFull || (this.#versions[row] ?? 0) > cursor) rows.push(row);
    return { rows, isFull, cursor: this.#version };
  }

  #grow(least: number): void {
    const wider = new Float64Array(Math.max(least, this.#versions.length * 2));
    wider.set(this.#versions);
    this.#versions = wider;
  }
}

/**
 * The changed rows as a frame: `fill` writes the columns of one row at its place; `isShown` leaves out rows that must
 * not (or no longer) be shown.
 */
export function changedFrame<K extends FrameKind>(
  kind: K,
  changes: ChangedRows,
  cursor: number,
  nowMs: number,
  fill: (columns: FrameData<K>, at: number, row: number) => void,
  isShown: (row: number) => boolean = () => true,
): { frame: Omit<Frame, 'seq'>; cursor: number } | undefined {
  const changed = changes.since(cursor);
  if (changed === undefined) return undefined;
  const rows = changed.rows.filter(isShown);
  if (rows.length === 0 && !changed.isFull) return undefined;
  const columns = makeColumns(kind, rows.length);
  rows.forEach((row, at) => {
    columns.index[at] = row;
    fill(columns, at, row);
  });
  return { frame: { kind, atMs: nowMs, isFull: changed.isFull, count: rows.length, columns }, cursor: changed.cursor };
}
