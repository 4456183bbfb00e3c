import { unitStatuses } from '../../shared/base/values.ts';
import type { UnitStatus } from '../../shared/base/values.ts';
import type { Frame } from '../../shared/live/frame.ts';
import { GlideTable } from './GlideTable.ts';
import { RowSet } from './RowSet.ts';

export type UnitState = { status: UnitStatus; seenAtMs: number };

/** Every response unit by its row in the roster, and where it is drawn. */
export class UnitTable {
  readonly motion = new GlideTable();
  /** Grows with every change of anything but positions. */
  version = 0;
  readonly #present = new RowSet();
  #states: UnitState[] = [];

  get rows(): readonly number[] {
    return this.#present.rows;
  }

  state(row: number): UnitState {
    return this.#states[row] ?? { status: 'offDuty', seenAtMs: NaN };
  }

  apply(frame: Frame<'units'>, nowMs: number, clockSpeed: number): void {
    const { columns } = frame;
    for (const row of this.#present.update(columns.index, frame.count, frame.isFull)) this.motion.forget(row);
    for (let i = 0; i < frame.count; i++) {
      const row = columns.index[i] ?? 0;
      const seenAtMs = columns.seenAtMs[i] ?? NaN;
      // Frames carry no speed of units: units glide between fixes and do not move on after the last one.
      this.motion.observe(
        row,
        {
          lon: columns.lon[i] ?? NaN,
          lat: columns.lat[i] ?? NaN,
          headingDeg: columns.headingDeg[i] ?? NaN,
          speedMps: 0,
          seenAtMs,
        },
        nowMs,
        clockSpeed,
      );
      this.#states[row] = { status: unitStatuses[columns.status[i] ?? 0] ?? 'offDuty', seenAtMs };
    }
    this.version++;
  }

  clear(): void {
    for (const row of this.#present.rows) this.motion.forget(row);
    this.#present.clear();
    this.#states = [];
    this.version++;
  }
}
