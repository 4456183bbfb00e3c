import { isUsable, qualityOfCode } from '../../shared/base/quality.ts';
import type { Frame } from '../../shared/live/frame.ts';
import { vehicleFlag } from '../../shared/live/frame.ts';
import { GlideTable } from './GlideTable.ts';
import { RowSet } from './RowSet.ts';

/** The state of one vehicle beside its position. `delayS` is positive when late, NaN when unknown. */
export type VehicleState = {
  delayS: number;
  speedMps: number;
  seenAtMs: number;
  isStale: boolean;
  isOutOfService: boolean;
  isBunched: boolean;
};

const unknown: VehicleState = {
  delayS: NaN,
  speedMps: NaN,
  seenAtMs: NaN,
  isStale: true,
  isOutOfService: false,
  isBunched: false,
};

/** Every vehicle on the road by its row in the roster, and where it is drawn. */
export class VehicleTable {
  readonly motion = new GlideTable();
  /** Grows with every change of anything but positions. */
  version = 0;
  readonly #present = new RowSet();
  #states: VehicleState[] = [];

  get rows(): readonly number[] {
    return this.#present.rows;
  }

  state(row: number): VehicleState {
    return this.#states[row] ?? unknown;
  }

  apply(frame: Frame<'vehicles'>, nowMs: number, clockSpeed: number): void {
    const { columns } = frame;
    for (const row of this.#present.update(columns.index, frame.count, frame.isFull)) this.motion.forget(row);
    for (let i = 0; i < frame.count; i++) {
      const row = columns.index[i] ?? 0;
      const fix = {
        lon: columns.lon[i] ?? NaN,
        lat: columns.lat[i] ?? NaN,
        headingDeg: columns.headingDeg[i] ?? NaN,
        speedMps: columns.speedMps[i] ?? NaN,
        seenAtMs: columns.seenAtMs[i] ?? NaN,
      };
      this.motion.observe(row, fix, nowMs, clockSpeed);
      this.#states[row] = stateOf(columns.delayS[i] ?? NaN, fix, columns.quality[i] ?? 0, columns.flags[i] ?? 0);
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

function stateOf(
  delayS: number,
  { speedMps, seenAtMs }: { speedMps: number; seenAtMs: number },
  quality: number,
  flags: number,
): VehicleState {
  return {
    delayS,
    speedMps,
    seenAtMs,
    isStale: !isUsable(qualityOfCode(quality)),
    isOutOfService: (flags & vehicleFlag.outOfService) !== 0,
    isBunched: (flags & vehicleFlag.bunched) !== 0,
  };
}
