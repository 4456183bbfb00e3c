import type { Zone } from '../../../../shared/county/county.ts';
import { judgeInflow, pressureFall } from '../../../../shared/utilities/judgeInflow.ts';
import { voltageBand } from '../../../../shared/utilities/voltage.ts';
import type { VoltageBand, VoltageLimits } from '../../../../shared/utilities/voltage.ts';
import { Cadence } from '../kit/cadence.ts';
import type { Usual } from '../kit/DailyBaseline.ts';
import type { HeldTime, SavedZone } from './standingFacts.ts';

export type ZoneReading = { value: number; atMs: number };
export type ZoneTrouble = { kind: 'burst' | 'highInflow' | 'outage' | 'loadLost'; sinceMs: number };

/** At least two readings in a row, over at least so long, are needed before a finding on inflow is believed or ends. */
const BURST_HOLD_MS = 50_000;
const HIGH_HOLD_MS = 500_000;
const OVER_HOLD_MS = 110_000;
/** So many readings of a load in a row are needed. */
const READINGS_TO_OUTAGE = 2;
/**
 * A load below this share of the usual counts as no load; below the other share, a good part of the feeder has lost
 * power.
 */
const NO_LOAD_SHARE = 0.02;
const LOST_LOAD_SHARE = 0.6;
const LOST_LOAD_Z = -6;
const LEAST_LOAD_KW = 10;
/** A single reading without voltage and load is believed when nothing has contradicted it for so long. */
const NO_SUPPLY_HOLD_MS = 60_000;
/** A fuse or recloser opens at once: load that fades, as where the sun comes out, has not been lost. */
const LOST_STEP_SHARE = 0.25;
const LOST_HOLD_MS = 120_000;
/** Readings further apart say nothing of each other. */
const TOGETHER_MS = 300_000;
/** Load that flows so long after the breaker reported that it is open proves that it is closed, or passed by. */
const CONTRADICTED_MS = 60_000;
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

  save(): HeldTime {
    return this.isOn ? { sinceMs: this.#sinceMs, untilMs: this.#untilMs } : {};
  }

  restore({ sinceMs = Number.NaN, untilMs = Number.NaN }: HeldTime): void {
    this.#sinceMs = sinceMs;
    this.#untilMs = untilMs;
  }

  take(isSo: boolean, atMs: number): void {
    if (!isSo) this.#sinceMs = Number.NaN;
    else if (!this.isOn) this.#sinceMs = atMs;
    this.#untilMs = atMs;
  }
}
/** `atMs`: its newest report; `sinceMs`: since when it has reported the same. */
type Breaker = { isOpen: boolean; atMs: number; sinceMs: number };

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
  breaker: Breaker | undefined;
  trouble: ZoneTrouble | undefined;
  /** The voltage band at the substation, and since when it has held. */
  band: { name: VoltageBand; sinceMs: number } | undefined;
  #pressureBefore: ZoneReading | undefined;
  /** When a whole feeder that was out had supply again; NaN where it never was. */
  restoredAtMs = Number.NaN;
  #wasOut = false;
  /** A fresh value that has not been judged yet. */
  pending: ZoneReading | undefined;
  /** Readings without voltage and load in a row, and the time of the first. */
  #noSupply: { count: number; sinceMs: number } | undefined;
  #lostSinceMs: number | undefined;
  /** The newest load that was not lost. */
  #loadBefore: ZoneReading | undefined;
  #counts = { over: 0, supplied: 0 };
  /** Since when each finding on the inflow has held without a break. */
  readonly #held = { high: new Hold(), burst: new Hold(), over: new Hold() };
  readonly #limits: VoltageLimits;

  constructor(zone: Zone, index: number, meterRows: Int32Array, limits: VoltageLimits) {
    this.zone = zone;
    this.index = index;
    this.meterRows = meterRows;
    this.#limits = limits;
  }

  /** Whether the breaker is open, as far as is known: load that flows long after its report contradicts it. */
  get isBreakerOpen(): boolean {
    if (this.breaker?.isOpen !== true) return false;
    const { value } = this;
    const isFed = value !== undefined && Math.abs(value.value) > LEAST_LOAD_KW && this.band?.name !== 'gone';
    return !(isFed && value.atMs - this.breaker.atMs >= CONTRADICTED_MS);
  }

  /** Whether the whole feeder is out: its breaker is open, or it has neither voltage nor load. */
  get isOut(): boolean {
    return this.isBreakerOpen || this.trouble?.kind === 'outage';
  }

  /** Whether the feeder has got its supply back since the last call. */
  noteSupply(nowMs: number): boolean {
    const isBack = this.#wasOut && !this.isOut;
    if (isBack) this.restoredAtMs = nowMs;
    this.#wasOut = this.isOut;
    return isBack;
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
    const name = voltageBand(perUnit, this.#limits);
    if (this.band?.name !== name) this.band = { name, sinceMs: atMs };
  }

  /** There is a voltage that cannot be judged, so what was judged of an earlier one is over. */
  forgetVoltage(): void {
    this.voltagePu = undefined;
    this.band = undefined;
  }

  takeBreaker(isOpen: boolean, atMs: number): void {
    if (this.breaker !== undefined && this.breaker.atMs >= atMs) return;
    this.breaker = { isOpen, atMs, sinceMs: this.breaker?.isOpen === isOpen ? this.breaker.sinceMs : atMs };
  }

  /** Whether the voltage has been out of its band for long enough to count. */
  isVoltageBad(nowMs: number): boolean {
    return (
      (this.band?.name === 'low' || this.band?.name === 'high') && nowMs - this.band.sinceMs >= this.#limits.holdMs
    );
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

  /**
   * Judges a fresh load of a feeder. Load has a sign: a feeder that exports has supply. Little load alone is no outage,
   * since a feeder without supply has no voltage either.
   */
  judgeLoad(reading: ZoneReading, usual: Usual | undefined): void {
    this.judgeSupply(reading.atMs, usual?.typical);
    const isLost = this.#isLoadLost(reading, usual);
    if (isLost) this.#lostSinceMs ??= reading.atMs;
    else if (usual !== undefined || this.trouble?.kind !== 'loadLost') {
      this.#lostSinceMs = undefined;
      this.#loadBefore = reading;
    }
    this.#counts.over = this.#lostSinceMs === undefined ? this.#counts.over + 1 : 0;
    if (
      this.#lostSinceMs !== undefined &&
      reading.atMs - this.#lostSinceMs >= LOST_HOLD_MS &&
      this.trouble?.kind !== 'outage'
    )
      this.#find('loadLost', this.#lostSinceMs);
    if (this.#counts.over >= READINGS_TO_OUTAGE && this.trouble?.kind === 'loadLost') this.trouble = undefined;
  }

  /** Judges at the time of a voltage or load whether there is any supply. */
  judgeSupply(atMs: number, typicalKw = Number.NaN): void {
    const { value, voltagePu } = this;
    const isVoltageGone =
      this.band?.name === 'gone' && voltagePu !== undefined && Math.abs(atMs - voltagePu.atMs) <= TOGETHER_MS;
    const isLoadThere =
      value !== undefined &&
      Math.abs(atMs - value.atMs) <= TOGETHER_MS &&
      Math.abs(value.value) > Math.max(1, NO_LOAD_SHARE * (Number.isNaN(typicalKw) ? 0 : typicalKw));
    const isThere = !isVoltageGone || isLoadThere;
    this.#counts.supplied = isThere ? this.#counts.supplied + 1 : 0;
    // Voltage and load together prove it at once, either of them by a second reading.
    const isBack = (isLoadThere && !isVoltageGone) || this.#counts.supplied >= READINGS_TO_OUTAGE;
    if (isBack && this.trouble?.kind === 'outage') this.trouble = undefined;
    if (isThere) this.#noSupply = undefined;
    else if (this.#noSupply === undefined) this.#noSupply = { count: 1, sinceMs: atMs };
    else this.#noSupply.count++;
    this.ageSupply(atMs);
  }

  /** Believes in an outage after the second reading that shows it, or after a while without another. */
  ageSupply(nowMs: number): void {
    const none = this.#noSupply;
    if (none !== undefined && (none.count >= READINGS_TO_OUTAGE || nowMs - none.sinceMs >= NO_SUPPLY_HOLD_MS))
      this.#find('outage', none.sinceMs);
  }

  /** What is kept over a restart. */
  save(): SavedZone {
    const { value, pressureKpa, voltagePu, breaker, trouble, band } = this;
    return {
      id: this.zone.id,
      value,
      pressureKpa,
      voltagePu,
      breaker,
      trouble,
      band,
      pressureBefore: this.#pressureBefore,
      noSupply: this.#noSupply,
      lostSinceMs: this.#lostSinceMs,
      loadBefore: this.#loadBefore,
      wasOut: this.#wasOut,
      restoredAtMs: Number.isNaN(this.restoredAtMs) ? undefined : this.restoredAtMs,
      counts: this.#counts,
      held: { high: this.#held.high.save(), burst: this.#held.burst.save(), over: this.#held.over.save() },
    };
  }

  restore(saved: SavedZone): void {
    this.value = saved.value;
    this.pressureKpa = saved.pressureKpa;
    this.voltagePu = saved.voltagePu;
    this.breaker = saved.breaker;
    this.trouble = saved.trouble;
    this.band = saved.band;
    this.#pressureBefore = saved.pressureBefore;
    this.#noSupply = saved.noSupply;
    this.#lostSinceMs = saved.lostSinceMs;
    this.#loadBefore = saved.loadBefore;
    this.#wasOut = saved.wasOut;
    this.restoredAtMs = saved.restoredAtMs ?? Number.NaN;
    this.#counts = { ...saved.counts };
    for (const name of ['high', 'burst', 'over'] as const) this.#held[name].restore(saved.held?.[name] ?? {});
  }

  #isLoadLost({ value, atMs }: ZoneReading, usual: Usual | undefined): boolean {
    const typical = usual?.typical ?? Number.NaN;
    const isLow =
      usual !== undefined &&
      typical > LEAST_LOAD_KW &&
      value >= 0 &&
      value < LOST_LOAD_SHARE * usual.low &&
      (value - typical) / Math.max(usual.spread, 0.05 * typical) < LOST_LOAD_Z;
    if (!isLow || this.#lostSinceMs !== undefined) return isLow;
    const before = this.#loadBefore;
    return before === undefined || atMs < before.atMs || before.value - value >= LOST_STEP_SHARE * typical;
  }

  #find(kind: ZoneTrouble['kind'], sinceMs: number): void {
    if (this.trouble?.kind !== kind) this.trouble = { kind, sinceMs };
  }
}
