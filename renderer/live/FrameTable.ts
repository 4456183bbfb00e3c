import { frameColumns, makeColumns } from '../../shared/live/frame.ts';
import type { Frame, FrameData, FrameKind } from '../../shared/live/frame.ts';

/** The kinds of frames whose rows are in the order of the county's lists. */
export type TableKind = Extract<FrameKind, 'links' | 'detectors' | 'meters' | 'zones'>;

/** The present state of every row of one kind, in typed columns; row i is entry i of the county's list. */
export class FrameTable<K extends TableKind> {
  readonly kind: K;
  columns: FrameData<K>;
  /** Grows with every change, so that a drawing knows whether it is out of date. */
  version = 0;
  #isKnown: Uint8Array;

  constructor(kind: K, size = 0) {
    this.kind = kind;
    this.columns = makeColumns(kind, size);
    this.#isKnown = new Uint8Array(size);
  }

  get size(): number {
    return this.#isKnown.length;
  }

  /** False for a row that the engine has never sent. */
  isKnown(row: number): boolean {
    return this.#isKnown[row] === 1;
  }

  apply(frame: Frame<K>): void {
    if (frame.isFull) this.#isKnown.fill(0);
    const { index } = frame.columns;
    let most = -1;
    for (let i = 0; i < frame.count; i++) most = Math.max(most, index[i] ?? -1);
    this.#grow(most + 1);
    for (let i = 0; i < frame.count; i++) this.#isKnown[index[i] ?? 0] = 1;
    for (const name of Object.keys(frameColumns[this.kind])) this.#copyColumn(name, frame);
    this.version++;
  }

  /** Forgets all rows, because the engine that sent them is gone. */
  clear(): void {
    this.#isKnown.fill(0);
    this.version++;
  }

  #copyColumn(name: string, frame: Frame<K>): void {
    const from = (frame.columns as Record<string, ArrayLike<number>>)[name];
    const to = (this.columns as Record<string, { [row: number]: number }>)[name];
    if (from === undefined || to === undefined) return;
    const { index } = frame.columns;
    for (let i = 0; i < frame.count; i++) to[index[i] ?? 0] = from[i] ?? NaN;
  }

  #grow(size: number): void {
    if (size <= this.size) return;
    const room = Math.max(size, this.size * 2);
    const columns = makeColumns(this.kind, room);
    for (const [name, column] of Object.entries(this.columns))
      (columns as Record<string, { set: (from: typeof column) => void }>)[name]?.set(column);
    this.columns = columns;
    const isKnown = new Uint8Array(room);
    isKnown.set(this.#isKnown);
    this.#isKnown = isKnown;
  }
}
