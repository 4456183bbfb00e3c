import { hasSupply, isNearVoltageLimit, voltageBand } from '../../../../shared/utilities/voltage.ts';
import type { VoltageLimits } from '../../../../shared/utilities/voltage.ts';
import type { MeterTable } from './MeterTable.ts';
import type { SavedSupply } from './standingFacts.ts';

const MINUTE_MS = 60_000;
/** A meter behind a restored feeder has so many of its periods to report, within these bounds. */
const PERIODS_TO_REPORT = 1.5;
const LEAST_WAIT_MS = 10 * MINUTE_MS;
const MOST_WAIT_MS = 180 * MINUTE_MS;

/** A meter whose feeder is back, and which has not proved yet that it is, too. */
type Awaited = { gaspAtMs: number; restoredAtMs: number };

/** Whether meters have supply, and how good it is: last gasps, voltages, and the proof that supply is back. */
export class MeterSupply {
  readonly voltagePu: Float32Array;
  readonly #table: MeterTable;
  readonly #limits: VoltageLimits;
  /** Since when the voltage has been outside of its limits, by row: few meters are. */
  readonly #outsideSinceMs = new Map<number, number>();
  readonly #gaspAtMs = new Map<number, number>();
  readonly #awaited = new Map<number, Awaited>();

  constructor(table: MeterTable, limits: VoltageLimits) {
    this.#table = table;
    this.#limits = limits;
    this.voltagePu = new Float32Array(table.meters.length).fill(Number.NaN);
  }

  /** When the meter lost its supply; NaN where it has not. */
  gaspAtMs(row: number): number {
    return this.#gaspAtMs.get(row) ?? Number.NaN;
  }

  /** How many of the meters still have to prove that their supply is back. */
  awaitedOf(rows: Int32Array): number {
    return this.#awaited.size === 0 ? 0 : rows.reduce((count, row) => count + (this.#awaited.has(row) ? 1 : 0), 0);
  }

  /** A meter that measures a voltage after its last gasp has supply. An excursion counts when it lasts. */
  takeVoltage(row: number, perUnit: number, atMs: number): void {
    this.voltagePu[row] = perUnit;
    this.#table.changes.touch(row);
    if (!hasSupply(perUnit)) {
      this.gasp(row, atMs);
      return;
    }
    this.powered(row, atMs);
    const band = voltageBand(perUnit, this.#limits);
    const isMarked = this.#table.has(row, 'voltage');
    if (band === 'normal' && !(isMarked && isNearVoltageLimit(perUnit, this.#limits))) this.#endExcursion(row);
    else if (!isMarked) {
      const sinceMs = this.#outsideSinceMs.get(row) ?? atMs;
      this.#outsideSinceMs.set(row, sinceMs);
      this.#table.set(row, 'voltage', atMs - sinceMs >= this.#limits.holdMs, atMs);
    }
  }

  gasp(row: number, atMs: number): void {
    const knownMs = this.#gaspAtMs.get(row) ?? this.#awaited.get(row)?.gaspAtMs;
    if (knownMs !== undefined && knownMs >= atMs) return;
    this.#awaited.delete(row);
    this.#endExcursion(row);
    // The first of several gasps is the time of the outage.
    if (!this.#gaspAtMs.has(row)) this.#gaspAtMs.set(row, atMs);
    this.#table.set(row, 'noVoltage', true, atMs);
  }

  /** `atMs`: the time of a value that no meter without supply can send. */
  powered(row: number, atMs: number): void {
    const gaspAtMs = this.#gaspAtMs.get(row) ?? this.#awaited.get(row)?.gaspAtMs;
    if (gaspAtMs === undefined || atMs <= gaspAtMs) return;
    this.#gaspAtMs.delete(row);
    this.#awaited.delete(row);
    this.#table.set(row, 'noVoltage', false);
  }

  /**
   * The feeder is back, so its meters count as supplied, until one has had the time to report and has not: it is then
   * out again, behind a transformer or fuse of its own.
   */
  assumeBack(rows: Int32Array, restoredAtMs: number): void {
    for (const row of rows) {
      const gaspAtMs = this.#gaspAtMs.get(row);
      if (gaspAtMs === undefined) continue;
      this.#gaspAtMs.delete(row);
      this.#awaited.set(row, { gaspAtMs, restoredAtMs });
      this.#table.set(row, 'noVoltage', false);
    }
  }

  age(nowMs: number): void {
    for (const [row, { gaspAtMs, restoredAtMs }] of this.#awaited) {
      const waitMs = Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, PERIODS_TO_REPORT * this.#table.periodMsOf(row)));
      if (nowMs - restoredAtMs <= waitMs) continue;
      this.#awaited.delete(row);
      this.#gaspAtMs.set(row, gaspAtMs);
      this.#table.set(row, 'noVoltage', true, gaspAtMs);
    }
  }

  save(): SavedSupply[] {
    const { meters } = this.#table;
    const rows = new Set([...this.#gaspAtMs.keys(), ...this.#awaited.keys(), ...this.#outsideSinceMs.keys()]);
    return [...rows].flatMap((row): SavedSupply[] => {
      const id = meters[row]?.id;
      const awaited = this.#awaited.get(row);
      return id === undefined
        ? []
        : [
            {
              id,
              gaspAtMs: awaited?.gaspAtMs ?? this.#gaspAtMs.get(row),
              restoredAtMs: awaited?.restoredAtMs,
              outsideSinceMs: this.#outsideSinceMs.get(row),
              isOutside: this.#table.has(row, 'voltage'),
            },
          ];
    });
  }

  restore(saved: readonly SavedSupply[]): void {
    for (const { id, gaspAtMs, restoredAtMs, outsideSinceMs, isOutside } of saved) {
      const row = this.#table.rowOf(id);
      if (row === undefined) continue;
      if (gaspAtMs !== undefined && restoredAtMs !== undefined) this.#awaited.set(row, { gaspAtMs, restoredAtMs });
      else if (gaspAtMs !== undefined) {
        this.#gaspAtMs.set(row, gaspAtMs);
        this.#table.set(row, 'noVoltage', true, gaspAtMs);
      }
      if (outsideSinceMs === undefined) continue;
      this.#outsideSinceMs.set(row, outsideSinceMs);
      if (isOutside === true) this.#table.set(row, 'voltage', true, outsideSinceMs);
    }
  }

  #endExcursion(row: number): void {
    if (this.#outsideSinceMs.delete(row)) this.#table.set(row, 'voltage', false);
  }
}
