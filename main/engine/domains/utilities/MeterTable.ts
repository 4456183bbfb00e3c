import type { County, Meter } from '../../../../shared/county/county.ts';
import { meterStates } from '../../../../shared/live/frame.ts';
import type { Quality } from '../../../../shared/base/quality.ts';
import {
  burstRule,
  HOURS_KEPT,
  isContinuousFlow,
  leakRules,
  NOT_MEASURED,
} from '../../../../shared/utilities/continuousFlow.ts';
import type { Sample } from '../../../../shared/base/values.ts';
import { nextPeriodMs } from '../kit/cadence.ts';
import { ChangedRows } from '../kit/ChangedRows.ts';
import type { RegisterEvent } from './reads/RegisterTrack.ts';
import { StillRuns } from './StillRuns.ts';

/** The problems that a meter can be marked with; where it has several, the map shows the first. One bit each. */
const marks = ['noVoltage', 'tamper', 'voltage', 'leak', 'highUse', 'stuck', 'suspect', 'stale'] as const;
export type MeterMark = (typeof marks)[number];

const bitOf = Object.fromEntries(marks.map((mark, place) => [mark, 1 << place])) as Record<MeterMark, number>;
/** The meter itself reports a leak, or a burst. */
const SAYS_LEAK = 1 << 8;
const SAYS_BURST = 1 << 9;
/** A silent meter is known to be silent; and one without supply is silent because of that. */
const judgedInSilence: ReadonlySet<MeterMark> = new Set(['stale', 'noVoltage']);
/** Hourly consumption is stored in tenths of a litre; more than 6.5 m³ is stored as 6.5 m³. */
const PARTS_PER_LITER = 10;

const HOUR_MS = 3_600_000;
/**
 * The longest gap whose consumption still belongs to one hour, and the shortest interval that counts as a whole hour.
 */
const LONGEST_HOUR_MS = 1.1 * HOUR_MS;
const SHORTEST_HOUR_MS = 0.8 * HOUR_MS;
/** A register that falls to less than this share has been swapped or rolled over. */
const SWAP_SHARE = 0.1;
/** Half of the last digit of any register. */
const REGISTER_NOISE = 0.0005;
const GOOD_READS_TO_CLEAR = 3;
/** So many doubtful reads below the register, one after the other, are a meter that runs backwards. */
const FALLS_TO_MARK = 3;
/** No roof feeds energy back for so long without a night in which the home draws some. */
const LONGEST_FEED_MS = 18 * HOUR_MS;
/** A register of coarse digits stands still between its steps, but not for so long while energy is fed in. */
const STILL_MS = 6 * HOUR_MS;
/** Leaks are judged from history too, as long as the history is not older than this. */
const LEAK_FRESH_MS = 3 * HOUR_MS;
const STALE_PERIODS = 3;
const LEAST_STALE_MS = HOUR_MS;
const DEFAULT_PERIOD_MS = HOUR_MS;

type Zones = { indexOf: ReadonlyMap<string, number> };

/**
 * All meters as columns: about 130 bytes per meter, plus the hours of water meters. A row is the meter's place in the
 * county's list.
 */
export class MeterTable {
  readonly meters: readonly Meter[];
  readonly zoneOf: Int32Array;
  readonly register: Float64Array;
  readonly registerAtMs: Float64Array;
  readonly seenAtMs: Float64Array;
  /** kW or m³/h over the last interval. */
  readonly rate: Float32Array;
  readonly changes: ChangedRows;
  readonly #rows: Map<string, number>;
  readonly #marks: Uint16Array;
  readonly #markedByZone: Int32Array;
  readonly #silentByZone: Int32Array;
  readonly #heardByZone: Int32Array;
  readonly #versionOfZone: Float64Array;
  readonly #still: StillRuns;
  readonly #periodMs: Float32Array;
  /** How often something arrives from the meter, and when it last did, by the engine's clock. */
  readonly #arrivesMs: Float32Array;
  readonly #heardMs: Float64Array;
  /** The reading before the present one, for when that one is taken back. */
  readonly #beforeAtMs: Float64Array;
  readonly #before: Float64Array;
  readonly #falls: Uint8Array;
  /** Since when the register has fallen without a rise; NaN where it rose last. */
  readonly #fallsSinceMs: Float64Array;
  /** The newest event of a register, by row: few meters have one. */
  readonly #events = new Map<number, { event: RegisterEvent; atMs: number }>();
  readonly #goodReads: Uint8Array;
  readonly #lateAtMs: Float64Array;
  readonly #lateRegister: Float64Array;
  readonly #firstAtMs: Float64Array;
  readonly #firstRegister: Float64Array;
  readonly #hourSlot: Int32Array;
  readonly #hours: Uint16Array;
  readonly #newestHour: Int32Array;
  /** When a mark was set, by row and mark: few meters have one. */
  readonly #markedAtMs = new Map<number, number>();
  #onVoltageMark: ((row: number, isOut: boolean) => void) | undefined;

  constructor(county: County, zones: Zones) {
    const { meters } = county;
    const count = meters.length;
    const unknown = (): Float64Array => new Float64Array(count).fill(Number.NaN);
    this.meters = meters;
    this.changes = new ChangedRows(count);
    this.#rows = new Map(meters.map(({ id }, row) => [id, row]));
    this.zoneOf = Int32Array.from(meters, ({ zoneId }) => zones.indexOf.get(zoneId) ?? -1);
    this.register = unknown();
    this.registerAtMs = unknown();
    this.seenAtMs = unknown();
    this.rate = new Float32Array(count).fill(Number.NaN);
    this.#marks = new Uint16Array(count);
    this.#markedByZone = new Int32Array(county.zones.length * marks.length);
    this.#silentByZone = new Int32Array(county.zones.length * marks.length);
    this.#heardByZone = new Int32Array(county.zones.length);
    this.#versionOfZone = new Float64Array(county.zones.length);
    this.#still = new StillRuns(meters);
    this.#periodMs = new Float32Array(count).fill(Number.NaN);
    this.#arrivesMs = new Float32Array(count).fill(Number.NaN);
    this.#heardMs = unknown();
    this.#beforeAtMs = unknown();
    this.#before = unknown();
    this.#falls = new Uint8Array(count);
    this.#fallsSinceMs = unknown();
    this.#goodReads = new Uint8Array(count);
    this.#lateAtMs = unknown();
    this.#lateRegister = unknown();
    this.#firstAtMs = unknown();
    this.#firstRegister = unknown();
    let water = 0;
    this.#hourSlot = Int32Array.from(meters, ({ commodity }) => (commodity === 'water' ? water++ : -1));
    this.#hours = new Uint16Array(water * HOURS_KEPT).fill(NOT_MEASURED);
    this.#newestHour = new Int32Array(water).fill(-1);
  }

  rowOf(meterId: string): number | undefined {
    return this.#rows.get(meterId);
  }

  /** The row of the meter that a value is of; the registry numbers the county's meters first, in this order. */
  rowOfValue({ deviceId, deviceNumber }: Pick<Sample, 'deviceId' | 'deviceNumber'>): number | undefined {
    if (deviceNumber === undefined) return this.rowOf(deviceId);
    return deviceNumber < this.meters.length ? deviceNumber : undefined;
  }

  onVoltageMark(listener: (row: number, isOut: boolean) => void): void {
    this.#onVoltageMark = listener;
  }

  has(row: number, mark: MeterMark): boolean {
    return ((this.#marks[row] ?? 0) & bitOf[mark]) !== 0;
  }

  /** Whether the mark is still judged: a meter that has fallen silent says nothing of what it was marked with. */
  isJudged(row: number, mark: MeterMark): boolean {
    return this.has(row, mark) && (judgedInSilence.has(mark) || !this.has(row, 'stale'));
  }

  /** The number of the zone's meters that have the mark and are still judged. */
  countOf(zone: number, mark: MeterMark): number {
    return this.#markedByZone[zone * marks.length + marks.indexOf(mark)] ?? 0;
  }

  /** The number of the zone's meters that have the mark and fell silent since, so that nobody judges it. */
  unjudgedOf(zone: number, mark: MeterMark): number {
    return this.#silentByZone[zone * marks.length + marks.indexOf(mark)] ?? 0;
  }

  /** When one of these meters that have the mark and fell silent was heard last. */
  silentSinceMs(rows: Int32Array, mark: MeterMark): number {
    let newestMs = Number.NEGATIVE_INFINITY;
    for (const row of rows)
      if (this.has(row, mark) && !this.isJudged(row, mark))
        newestMs = Math.max(newestMs, this.seenAtMs[row] ?? newestMs);
    return newestMs;
  }

  /** Increases whenever a mark of one of the zone's meters changes. */
  versionOf(zone: number): number {
    return this.#versionOfZone[zone] ?? 0;
  }

  heardIn(zone: number): number {
    return this.#heardByZone[zone] ?? 0;
  }

  /** Index into `meterStates`. */
  stateOf(row: number): number {
    const held = this.#marks[row] ?? 0;
    const mark = marks.find((each) => (held & bitOf[each]) !== 0 && this.isJudged(row, each));
    if (mark !== undefined) return meterStates.indexOf(mark);
    return Number.isNaN(this.seenAtMs[row] ?? Number.NaN)
      ? meterStates.indexOf('noData')
      : meterStates.indexOf('normal');
  }

  /** `atMs`: the time of the value that makes the difference. */
  set(row: number, mark: MeterMark, isOn: boolean, atMs = this.seenAtMs[row] ?? Number.NaN): void {
    if (this.has(row, mark) === isOn) return;
    const key = row * marks.length + marks.indexOf(mark);
    if (isOn) this.#markedAtMs.set(key, atMs);
    else this.#markedAtMs.delete(key);
    this.#countMarks(row, -1);
    this.#marks[row] = (this.#marks[row] ?? 0) ^ bitOf[mark];
    this.#countMarks(row, 1);
    const zone = this.zoneOf[row] ?? -1;
    if (zone >= 0) this.#versionOfZone[zone] = (this.#versionOfZone[zone] ?? 0) + 1;
    if (mark === 'noVoltage') this.#onVoltageMark?.(row, isOn);
    this.changes.touch(row);
  }

  /** Notes that the meter was heard. `atMs` is the time of the value, `nowMs` that of its receipt. */
  seen(row: number, atMs: number, nowMs: number): void {
    const before = this.seenAtMs[row] ?? Number.NaN;
    if (before >= atMs) return;
    if (Number.isNaN(before)) this.#heard(row);
    this.#periodMs[row] = nextPeriodMs(this.#periodMs[row] ?? Number.NaN, atMs - before);
    this.#arrivesMs[row] = nextPeriodMs(this.#arrivesMs[row] ?? Number.NaN, nowMs - (this.#heardMs[row] ?? Number.NaN));
    this.#heardMs[row] = nowMs;
    this.seenAtMs[row] = atMs;
    this.changes.touch(row);
  }

  takeRate(row: number, rate: number): void {
    this.rate[row] = rate;
    this.changes.touch(row);
  }

  /**
   * Takes a register value, m³ or kWh, on which the verdict was made (see ReadJudge). It may arrive in order or late.
   * `atMs` is the time of the reading.
   */
  takeRegister(row: number, value: number, atMs: number, quality: Quality, nowMs: number): void {
    const heldAtMs = this.registerAtMs[row] ?? Number.NaN;
    if (quality === 'suspect') this.#takeDoubtful(row, value, atMs);
    else if (quality === 'missing') this.#endRegister(row, atMs);
    // What the head-end has estimated shows nothing of the meter, and the next read is compared with the one before.
    else if (quality === 'good') {
      if (heldAtMs >= atMs) this.#takeLate(row, value, atMs);
      else if (Number.isNaN(heldAtMs)) this.#takeFirst(row, value, atMs);
      else this.#takeNext(row, value, atMs);
    }
    if (nowMs - atMs < Math.max(LEAK_FRESH_MS, STALE_PERIODS * this.periodMsOf(row))) this.#judgeFlow(row);
  }

  noteRegisterEvent(row: number, event: RegisterEvent, atMs: number): void {
    if ((this.#events.get(row)?.atMs ?? Number.NEGATIVE_INFINITY) < atMs) this.#events.set(row, { event, atMs });
  }

  /** What last happened to the register; undefined where nothing did. */
  registerEvent(row: number): { event: RegisterEvent; atMs: number } | undefined {
    return this.#events.get(row);
  }

  /** How long it usually takes until something new is known of the meter. */
  periodMsOf(row: number): number {
    const [measuredMs, arrivesMs] = [this.#periodMs[row] ?? Number.NaN, this.#arrivesMs[row] ?? Number.NaN];
    if (Number.isNaN(measuredMs)) return DEFAULT_PERIOD_MS;
    return Number.isNaN(arrivesMs) ? measuredMs : Math.max(measuredMs, arrivesMs);
  }

  /** What a water meter says of the flow itself. */
  sayFlow(row: number, { isLeak, isBurst }: { isLeak: boolean; isBurst: boolean }): void {
    const held = (this.#marks[row] ?? 0) & ~(SAYS_LEAK | SAYS_BURST);
    this.#marks[row] = held | (isLeak ? SAYS_LEAK : 0) | (isBurst ? SAYS_BURST : 0);
    this.#judgeFlow(row);
  }

  /**
   * Marks meters that have been silent for three of their periods, for the rows from `from` to `to`. `startedMs`:
   * silence is counted from the engine's start at the earliest, because no value could arrive before it.
   */
  age(from: number, to: number, startedMs: number, nowMs: number): void {
    for (let row = from; row < Math.min(to, this.meters.length); row++) {
      const seenAtMs = this.seenAtMs[row] ?? Number.NaN;
      if (Number.isNaN(seenAtMs)) continue;
      const limitMs = Math.max(LEAST_STALE_MS, STALE_PERIODS * this.periodMsOf(row));
      const isOld = nowMs - Math.max(seenAtMs, startedMs) > limitMs;
      if (isOld || this.has(row, 'stale')) this.set(row, 'stale', isOld);
      this.#judgeStuck(row);
    }
  }

  /** The lowest hourly consumption among the hours of the leak rule, in litres: this is the leak's rate. */
  leakLitersPerHour(row: number): number {
    const rule = this.#leakRule(row);
    let lowest = Number.POSITIVE_INFINITY;
    for (let back = 0; back < rule.hours; back++) lowest = Math.min(lowest, this.#litersBack(row, back));
    return lowest === NOT_MEASURED ? Number.NaN : lowest;
  }

  /** When the meter got the mark; NaN where it has none, or nothing is known. */
  markedAtMs(row: number, mark: MeterMark): number {
    return this.#markedAtMs.get(row * marks.length + marks.indexOf(mark)) ?? Number.NaN;
  }

  /**
   * Since when at least so much water has flowed in every hour, at the earliest since the oldest hour that is kept. The
   * default is what makes a leak.
   */
  flowSinceMs(row: number, litersPerHour = this.#leakRule(row).litersPerHour): number {
    const newest = this.#newestHour[this.#hourSlot[row] ?? -1] ?? -1;
    let back = 0;
    while (back < HOURS_KEPT && this.#litersBack(row, back) >= litersPerHour) back++;
    return newest < 0 ? Number.NaN : (newest + 1 - back) * HOUR_MS;
  }

  /** Since when the register has not moved; NaN where nothing is known. */
  movedAtMs(row: number): number {
    return this.#still.movedAtMs(row);
  }

  #countMarks(row: number, change: number): void {
    const zone = this.zoneOf[row] ?? -1;
    if (zone < 0) return;
    for (const [place, mark] of marks.entries()) {
      if (!this.has(row, mark)) continue;
      const counts = this.isJudged(row, mark) ? this.#markedByZone : this.#silentByZone;
      const at = zone * marks.length + place;
      counts[at] = (counts[at] ?? 0) + change;
    }
  }

  #leakRule(row: number): (typeof leakRules)[keyof typeof leakRules] {
    return leakRules[this.meters[row]?.customerClass ?? 'singleFamily'];
  }

  #heard(row: number): void {
    const zone = this.zoneOf[row] ?? -1;
    if (zone >= 0) this.#heardByZone[zone] = (this.#heardByZone[zone] ?? 0) + 1;
  }

  #takeFirst(row: number, value: number, atMs: number): void {
    this.#firstAtMs[row] = atMs;
    this.#firstRegister[row] = value;
    this.#still.begin(row, value, atMs);
    this.register[row] = value;
    this.registerAtMs[row] = atMs;
  }

  #takeNext(row: number, value: number, atMs: number): void {
    const before = this.register[row] ?? 0;
    const beforeMs = this.registerAtMs[row] ?? 0;
    const used = value - before;
    this.#before[row] = before;
    this.#beforeAtMs[row] = beforeMs;
    this.register[row] = value;
    this.registerAtMs[row] = atMs;
    this.#falls[row] = 0;
    const stoodMs = beforeMs - this.#still.movedAtMs(row);
    this.#still.take(row, value, atMs, beforeMs);
    if (used > 0) this.#fallsSinceMs[row] = Number.NaN;
    const isFall = used < -REGISTER_NOISE;
    // A register that stood still before it fell fed nothing back in that time.
    if (isFall && (stoodMs > STILL_MS || Number.isNaN(this.#fallsSinceMs[row]))) this.#fallsSinceMs[row] = beforeMs;
    const feedMs = isFall ? atMs - (this.#fallsSinceMs[row] ?? Number.NaN) : 0;
    this.#goodReads[row] = isFall ? 0 : Math.min(GOOD_READS_TO_CLEAR, (this.#goodReads[row] ?? 0) + 1);
    if (feedMs > LONGEST_FEED_MS) this.set(row, 'suspect', true, atMs);
    if (this.#goodReads[row] === GOOD_READS_TO_CLEAR) this.set(row, 'suspect', false);
    this.takeRate(row, (used * HOUR_MS) / (atMs - beforeMs));
    this.#addUse(row, used, beforeMs, atMs);
  }

  /** A doubtful read changes nothing of the register; of the present one it takes that one back. */
  #takeDoubtful(row: number, value: number, atMs: number): void {
    const [register, heldAtMs] = [this.register[row] ?? Number.NaN, this.registerAtMs[row] ?? Number.NaN];
    if (heldAtMs === atMs) {
      this.register[row] = this.#before[row] ?? Number.NaN;
      this.registerAtMs[row] = this.#beforeAtMs[row] ?? Number.NaN;
      this.changes.touch(row);
    } else if (atMs > heldAtMs && value < register - REGISTER_NOISE && value >= SWAP_SHARE * register) {
      this.#falls[row] = Math.min(FALLS_TO_MARK, (this.#falls[row] ?? 0) + 1);
      this.#goodReads[row] = 0;
      if (this.#falls[row] === FALLS_TO_MARK) this.set(row, 'suspect', true, atMs);
    }
  }

  /** The register ends here: the next read continues nothing. */
  #endRegister(row: number, atMs: number): void {
    if ((this.registerAtMs[row] ?? Number.NaN) > atMs) return;
    this.registerAtMs[row] = Number.NaN;
    this.#beforeAtMs[row] = Number.NaN;
    this.#falls[row] = 0;
    this.set(row, 'suspect', false);
  }

  /**
   * Takes history that arrives after the live values: it fills the hours and shows how long the register has stood
   * still, and changes nothing of the present.
   */
  #takeLate(row: number, value: number, atMs: number): void {
    this.#still.takeLate(row, value, atMs, this.register[row] ?? Number.NaN);
    const beforeMs = this.#lateAtMs[row] ?? Number.NaN;
    if (beforeMs < atMs) this.#addUse(row, value - (this.#lateRegister[row] ?? value), beforeMs, atMs);
    this.#lateAtMs[row] = atMs;
    this.#lateRegister[row] = value;
    const firstAtMs = this.#firstAtMs[row] ?? Number.NaN;
    if (!(atMs < firstAtMs && firstAtMs - atMs <= LONGEST_HOUR_MS)) return;
    // This is the hour between the newest history and the first live value.
    this.#addUse(row, (this.#firstRegister[row] ?? value) - value, atMs, firstAtMs);
    this.#firstAtMs[row] = Number.NaN;
  }

  /** Adds what was used between two actual reads that are no further apart than an hour. */
  #addUse(row: number, used: number, fromMs: number, atMs: number): void {
    const lengthMs = atMs - fromMs;
    if (lengthMs <= LONGEST_HOUR_MS) this.#addHour(row, Math.max(0, used) * 1000, atMs, lengthMs);
  }

  #addHour(row: number, liters: number, atMs: number, lengthMs: number): void {
    const slot = this.#hourSlot[row] ?? -1;
    if (slot < 0) return;
    const hour = Math.floor((atMs - 1) / HOUR_MS);
    const newest = this.#newestHour[slot] ?? -1;
    if (newest >= 0 && hour <= newest - HOURS_KEPT) return;
    for (let missed = Math.max(newest + 1, hour - HOURS_KEPT + 1); missed <= hour; missed++)
      this.#hours[slot * HOURS_KEPT + (missed % HOURS_KEPT)] = NOT_MEASURED;
    if (hour > newest) this.#newestHour[slot] = hour;
    const at = slot * HOURS_KEPT + (hour % HOURS_KEPT);
    const held = this.#hours[at] ?? NOT_MEASURED;
    // The consumption of an interval of one hour is that of the hour; the consumption of shorter intervals is added up.
    const sum = held === NOT_MEASURED || lengthMs >= SHORTEST_HOUR_MS ? liters : held / PARTS_PER_LITER + liters;
    this.#hours[at] = Math.min(NOT_MEASURED - 1, Math.round(sum * PARTS_PER_LITER));
  }

  #litersBack(row: number, back: number): number {
    const slot = this.#hourSlot[row] ?? -1;
    const newest = slot < 0 ? -1 : (this.#newestHour[slot] ?? -1);
    // For meters that are read more often than hourly, the newest hour is not over yet.
    const hour = newest - back - ((this.#periodMs[row] ?? Number.NaN) < SHORTEST_HOUR_MS ? 1 : 0);
    const held =
      newest < 0 || hour <= newest - HOURS_KEPT
        ? NOT_MEASURED
        : (this.#hours[slot * HOURS_KEPT + (hour % HOURS_KEPT)] ?? NOT_MEASURED);
    return held === NOT_MEASURED ? NOT_MEASURED : held / PARTS_PER_LITER;
  }

  #judgeFlow(row: number): void {
    const meter = this.meters[row];
    if (meter?.commodity !== 'water') return;
    const litersBack = (back: number): number => this.#litersBack(row, back);
    const says = (bit: number): boolean => ((this.#marks[row] ?? 0) & bit) !== 0;
    this.set(row, 'leak', says(SAYS_LEAK) || isContinuousFlow(litersBack, leakRules[meter.customerClass]));
    const isBurst = meter.customerClass === 'singleFamily' && isContinuousFlow(litersBack, burstRule);
    this.set(row, 'highUse', says(SAYS_BURST) || isBurst);
  }

  #judgeStuck(row: number): void {
    const isStuck = this.#still.isStuck(row, this.registerAtMs[row] ?? Number.NaN);
    if (isStuck || this.has(row, 'stuck')) this.set(row, 'stuck', isStuck);
  }
}
