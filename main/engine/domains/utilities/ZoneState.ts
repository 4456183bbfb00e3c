import type { Zone } from '../../../../shared/county/county.ts';
import { judgeInflow, pressureFall } from '../../../../shared/utilities/judgeInflow.ts';
import { VOLTAGE_HOLD_MS, voltageBand } from '../../../../shared/utilities/voltage.ts';
import type { VoltageBand } from '../../../../shared/utilities/voltage.ts';
import { Cadence } from '../kit/cadence.ts';
import type { Usual } from '../kit/DailyBaseline.ts';

export type ZoneReading = { value: number; atMs: number };
export type ZoneTrouble = { kind: 'burst' | 'highInflow' | 'outage' | 'loadLost'; sinceMs: number };

/** At least two readings in a row, over at least so long, are needed before a finding on inflow is believed or ends. */
const BURST_HOLD_MS = 50_000;
const HIGH_HOLD_MS = 500_000;
const OVER_HOLD_MS = 110_000;
/** As many readings of a load are. */
const READINGS_TO_OUTAGE = 2;
const READINGS_TO_END = 3;
/**
 * A load below this share of the usual counts as no load; below the other share, a good part of the feeder has lost
 * power.
 */
const NO_LOAD_SHARE = 0.02;
const LOST_LOAD_SHARE = 0.6;
const LOST_LOAD_Z = -6;
const LEAST_LOAD_KW = 10;
/** The pressure of the last half hour is the reference for a fall. */
const PRESSURE_MEMORY_MS = 1_800_000;

/** For how long something has held, from the first to the newest of the readings that say so in a row. */
class Hold {
  #sinceMs = Number.NaN;
  #untilMs = Number.NaN;

  get isOn(): boolean {
    return !Number.isNaN(this.#sinceMs);
  }

  /** 0 after the first reading; NaN where it does not hold. */
  get forMs(): number {
    return this.#untilMs - this.#sinceMs;
  }

  take(isSo: boolean, atMs: number): void {
    if (!isSo) this.#sinceMs = Number.NaN;
    else if (!this.isOn) this.#sinceMs = atMs;
    this.#untilMs = atMs;
  }
}

/** One water zone or feeder: its present readings and the findings from them. */
export class ZoneState {
  readonly zone: Zone;
  readonly index: number;
  /** Rows of its meters. */
  readonly meterRows: Int32Array;
  readonly cadence = new Cadence();
  /** The inflow of a water zone in m³/h, or the load of a feeder in kW. */
  value: ZoneReading | undefined;
  pressureKpa: ZoneReading | undefined;
  voltagePu: ZoneReading | undefined;
  isBreakerOpen = false;
  breakerAtMs = Number.NaN;
  trouble: ZoneTrouble | undefined;
  /** The voltage band at the substation, and since when it has held. */
  band: { name: VoltageBand; sinceMs: number } | undefined;
  #pressureBefore: ZoneReading | undefined;
  /** A fresh value that has not been judged yet. */
  pending: ZoneReading | undefined;
  #counts = { gone: 0, lost: 0, over: 0 };
  /** Since when each finding on the inflow has held without a break, and whether it has been confirmed. */
  readonly #held = { high: new Hold(), burst: new Hold(), over: new Hold() };

  constructor(zone: Zone, index: number, meterRows: Int32Array) {
    this.zone = zone;
    this.index = index;
    this.meterRows = meterRows;
  }

  takePressure(reading: ZoneReading): void {
    const before = this.#pressureBefore;
    const held = this.pressureKpa;
    // The reference is not updated during trouble, so that a low pressure does not become the reference.
    if (held !== undefined && this.trouble === undefined && !this.#held.high.isOn && !this.#held.burst.isOn) {
      const weight = before === undefined ? 1 : Math.min(1, (held.atMs - before.atMs) / PRESSURE_MEMORY_MS);
      this.#pressureBefore = {
        value: (before?.value ?? held.value) * (1 - weight) + held.value * weight,
        atMs: held.atMs,
      };
    }
    this.pressureKpa = reading;
  }

  takeVoltage(perUnit: number, atMs: number): void {
    this.voltagePu = { value: perUnit, atMs };
    const name = voltageBand(perUnit);
    if (this.band?.name !== name) this.band = { name, sinceMs: atMs };
  }

  takeBreaker(isOpen: boolean, atMs: number): void {
    if (this.breakerAtMs >= atMs) return;
    this.breakerAtMs = atMs;
    this.isBreakerOpen = isOpen;
  }

  /** Whether the voltage has been out of its band for long enough to count. */
  isVoltageBad(nowMs: number): boolean {
    return (this.band?.name === 'low' || this.band?.name === 'high') && nowMs - this.band.sinceMs >= VOLTAGE_HOLD_MS;
  }

  /**
   * Judges a fresh inflow against the usual inflow of this hour; without a usual value there is no verdict. Must be
   * called after the pressure of the same message has been taken.
   */
  judgeInflow(reading: ZoneReading, usual: Usual | undefined, usualPressure: Usual | undefined): void {
    if (usual === undefined) return;
    const verdict = judgeInflow(
      reading.value,
      usual,
      pressureFall(this.pressureKpa?.value, this.#pressureBefore?.value, usualPressure?.typical),
    );
    const { high, burst, over } = this.#held;
    high.take(verdict.isHigh, reading.atMs);
    burst.take(verdict.isBurst, reading.atMs);
    over.take(verdict.isOver && !verdict.isBurst, reading.atMs);
    if (burst.forMs >= BURST_HOLD_MS) this.#find('burst', reading.atMs);
    else if (high.forMs >= HIGH_HOLD_MS)
      this.#find(this.trouble?.kind === 'burst' ? 'burst' : 'highInflow', reading.atMs);
    if (over.forMs >= OVER_HOLD_MS) this.trouble = undefined;
  }

  /** Judges a fresh load of a feeder in the same way. */
  judgeLoad(reading: ZoneReading, usual: Usual | undefined): void {
    const isVoltageGone = this.band?.name === 'gone';
    const typical = usual?.typical ?? Number.NaN;
    const isGone = isVoltageGone || (typical > LEAST_LOAD_KW && reading.value < NO_LOAD_SHARE * typical);
    const isLost =
      usual !== undefined &&
      typical > LEAST_LOAD_KW &&
      reading.value < LOST_LOAD_SHARE * usual.low &&
      (reading.value - typical) / Math.max(usual.spread, 0.05 * typical) < LOST_LOAD_Z;
    this.#counts.gone = isGone ? this.#counts.gone + 1 : 0;
    this.#counts.lost = isLost ? this.#counts.lost + 1 : 0;
    this.#counts.over = isGone || isLost ? 0 : this.#counts.over + 1;
    if (this.#counts.gone >= READINGS_TO_OUTAGE) this.#find('outage', reading.atMs);
    else if (this.#counts.lost >= READINGS_TO_END && this.trouble?.kind !== 'outage')
      this.#find('loadLost', reading.atMs);
    if (this.#counts.over >= READINGS_TO_OUTAGE) this.trouble = undefined;
  }

  #find(kind: ZoneTrouble['kind'], atMs: number): void {
    if (this.trouble?.kind !== kind) this.trouble = { kind, sinceMs: atMs };
  }
}
