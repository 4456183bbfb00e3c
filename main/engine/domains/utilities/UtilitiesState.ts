import type { County } from '../../../../shared/county/county.ts';
import { FUTURE_TOLERANCE_MS } from '../../../../shared/base/clock.ts';
import { createLocalTime } from '../../../../shared/base/localTime.ts';
import type { LocalTime } from '../../../../shared/base/localTime.ts';
import { isUsable } from '../../../../shared/base/quality.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import { statusMeaning } from '../../../../shared/utilities/statusWords.ts';
import { voltageLimitsOf } from '../../../../shared/utilities/voltage.ts';
import type { VoltageLimits } from '../../../../shared/utilities/voltage.ts';
import type { DeviceFlags, Sample } from '../../../../shared/base/values.ts';
import { beaconMeters } from '../../ingest/feeds/beaconMeters.ts';
import { beaconZones } from '../../ingest/feeds/beaconZones.ts';
import { feedOfId, feedWithId } from '../../ingest/feeds/feedList.ts';
import type { FeedId } from '../../ingest/feeds/feedList.ts';
import { SourceTimes } from '../kit/SourceTimes.ts';
import { DailyBaseline } from '../kit/DailyBaseline.ts';
import type { Usual } from '../kit/DailyBaseline.ts';
import { SeriesWatch } from '../kit/SeriesWatch.ts';
import { ChangedRows } from '../kit/ChangedRows.ts';
import { judgeNight, nightFlows } from './nightFlow.ts';
import type { NightVerdict } from './nightFlow.ts';
import { MarkedMeters } from './MarkedMeters.ts';
import { MeterStatus } from './MeterStatus.ts';
import { MeterSupply } from './MeterSupply.ts';
import { MeterTable } from './MeterTable.ts';
import { ReadJudge } from './reads/ReadJudge.ts';
import { registerEvents } from './reads/RegisterTrack.ts';
import { UnknownMeters } from './UnknownMeters.ts';
import { OutageCourses } from './OutageCourses.ts';
import { TransformerOutages } from './TransformerOutages.ts';
import { ZoneState } from './ZoneState.ts';

/**
 * A reading older than this comes with others, as at a first connection, when little is known yet. It is judged by days
 * of its kind alone: a Monday that is compared with a weekend is full of bursts.
 */
const PRESENT_MS = 600_000;
/** An event such as a last gasp may take longer to arrive, and still counts up to this age. */
const EVENT_PRESENT_MS = 1_800_000;
/** A zone is stale after three of its own periods, and not before this. */
const LEAST_STALE_ZONE_MS = 300_000;
const STALE_PERIODS = 3;
const HIGHEST_PU = 2;
const NIGHT_KEPT_MS = 900_000;

/** Quantities of streets and buses, which belong to other domains. */
const NOT_OURS = new Set<Quantity>(['speedMps', 'flowVph', 'occupancyRatio', 'delayS']);

const zoneSources = (): { ofZones: SourceTimes; ofMeters: SourceTimes } => ({
  ofZones: new SourceTimes(),
  ofMeters: new SourceTimes(),
});
const kindOf = { water: 'dma', electricity: 'feeder' } as const;

const feedNumber = (sources: SourceTimes, id: string, usual: FeedId): number =>
  sources.add(feedWithId(feedOfId(id) ?? usual));

/** The state of water and electricity as reported by meters and zones. */
export class UtilitiesState {
  readonly table: MeterTable;
  readonly reads: ReadJudge;
  readonly zones: ZoneState[];
  readonly supply: MeterSupply;
  readonly status: MeterStatus;
  readonly transformers: TransformerOutages;
  readonly courses = new OutageCourses();
  readonly voltageLimits: VoltageLimits;
  readonly marked: MarkedMeters;
  readonly strangers = new UnknownMeters();
  readonly changedZones: ChangedRows;
  readonly usual: DailyBaseline;
  /** Anomalies of the zones' series, which have the numbers that they have in `usual`. */
  readonly watch: SeriesWatch;
  /** The feeds of the zones' own values, and of their meters. */
  readonly sources = { dma: zoneSources(), feeder: zoneSources() };
  readonly #zoneSource: Uint8Array;
  readonly #meterSource: Uint8Array;
  readonly #zoneIndex: Map<string, number>;
  readonly #nominalV: number;
  readonly #time: LocalTime;
  readonly #nights = new Map<number, { quarter: number; verdict: NightVerdict | undefined }>();

  constructor(county: County) {
    this.#zoneIndex = new Map(county.zones.map(({ id }, index) => [id, index]));
    this.#nominalV = county.profile.nominalVoltageV;
    this.table = new MeterTable(county, { indexOf: this.#zoneIndex });
    this.reads = new ReadJudge(county, { rowOf: (sample) => this.table.rowOfValue(sample) });
    this.marked = new MarkedMeters(this.table);
    this.voltageLimits = voltageLimitsOf(county.profile);
    this.supply = new MeterSupply(this.table, this.voltageLimits);
    this.status = new MeterStatus(this.table);
    this.transformers = new TransformerOutages(county, this.table, this.supply);
    const rows: number[][] = county.zones.map(() => []);
    this.table.zoneOf.forEach((zone, row) => rows[zone]?.push(row));
    this.zones = county.zones.map(
      (zone, index) => new ZoneState(zone, index, Int32Array.from(rows[index] ?? []), this.voltageLimits),
    );
    this.#zoneSource = Uint8Array.from(county.zones, ({ id, kind }) =>
      feedNumber(this.sources[kind].ofZones, id, beaconZones.id),
    );
    this.#meterSource = Uint8Array.from(county.meters, ({ id, commodity }) =>
      feedNumber(this.sources[kindOf[commodity]].ofMeters, id, beaconMeters.id),
    );
    this.#time = createLocalTime(county.profile.timeZone);
    this.usual = new DailyBaseline(this.#time);
    this.watch = new SeriesWatch(this.usual, this.#time);
    this.changedZones = new ChangedRows(county.zones.length);
  }

  zone(id: string): ZoneState | undefined {
    return this.zones[this.#zoneIndex.get(id) ?? -1];
  }

  /** Inflow or load that is usual for the zone now. */
  usualOf(zone: ZoneState, nowMs: number): Usual | undefined {
    return this.usual.usual(zone.index, nowMs);
  }

  usualPressure(zone: ZoneState, nowMs: number): Usual | undefined {
    return this.usual.usual(this.zones.length + zone.index, nowMs);
  }

  /** The judgement of the last night; computed again every quarter of an hour, because it changes once per day. */
  night(zone: ZoneState, nowMs: number): NightVerdict | undefined {
    const quarter = Math.floor(nowMs / NIGHT_KEPT_MS);
    const known = this.#nights.get(zone.index);
    if (known?.quarter === quarter) return known.verdict;
    const verdict = judgeNight(nightFlows(this.usual, zone.index, this.#time, nowMs));
    this.#nights.set(zone.index, { quarter, verdict });
    return verdict;
  }

  isFresh(zone: ZoneState, nowMs: number): boolean {
    if (zone.value === undefined) return false;
    const { periodMs } = zone.cadence;
    return (
      nowMs - zone.value.atMs <= Math.max(LEAST_STALE_ZONE_MS, STALE_PERIODS * (Number.isNaN(periodMs) ? 0 : periodMs))
    );
  }

  /** Judges the values that arrived since the last call: by now all numbers of each message have arrived. */
  settle(nowMs: number): void {
    for (const zone of this.zones) {
      this.#judge(zone, nowMs);
      zone.ageSupply(nowMs);
      if (zone.noteSupply(nowMs)) this.supply.assumeBack(zone.meterRows, nowMs);
    }
    this.supply.age(nowMs);
    this.watch.advance(nowMs);
  }

  /** `isHistory`: the sample comes from the store, of before the start. */
  apply(sample: Sample, nowMs: number, isHistory = false): void {
    if (NOT_OURS.has(sample.quantity) || sample.atMs > nowMs + FUTURE_TOLERANCE_MS) return;
    // Of a stale value nobody knows when it was measured.
    if (sample.quality === 'stale') return;
    const row = this.table.rowOfValue(sample);
    if (row !== undefined) {
      this.#noteMeter(row, sample.atMs, nowMs);
      this.#applyMeter(row, sample, nowMs);
      return;
    }
    const zone = this.zone(sample.deviceId);
    if (zone === undefined) {
      this.strangers.take(sample);
      return;
    }
    this.#noteZone(zone, sample.atMs, nowMs);
    if (isUsable(sample.quality)) this.#applyZone(zone, sample, nowMs, isHistory);
  }

  applyFlags(value: DeviceFlags, nowMs: number): void {
    if (value.atMs > nowMs + FUTURE_TOLERANCE_MS) return;
    const row = this.table.rowOfValue(value);
    const zone = row === undefined ? this.zone(value.deviceId) : undefined;
    if (row !== undefined) {
      this.#noteMeter(row, value.atMs, nowMs);
      this.#applyMeterFlags(row, value, nowMs);
    } else if (zone !== undefined) {
      this.#noteZone(zone, value.atMs, nowMs);
      this.#applyZoneFlags(zone, value);
    } else this.strangers.takeFlags(value);
  }

  #noteMeter(row: number, atMs: number, nowMs: number): void {
    const kind = kindOf[this.table.meters[row]?.commodity ?? 'water'];
    this.sources[kind].ofMeters.note(this.#meterSource[row] ?? 0, atMs, nowMs);
  }

  #noteZone({ index, zone }: ZoneState, atMs: number, nowMs: number): void {
    this.sources[zone.kind].ofZones.note(this.#zoneSource[index] ?? 0, atMs, nowMs);
  }

  #applyMeter(row: number, { quantity, value, atMs, quality }: Sample, nowMs: number): void {
    const isNewest = !((this.table.seenAtMs[row] ?? Number.NaN) > atMs);
    if (quantity === 'registerKwh' || quantity === 'registerM3')
      this.table.takeRegister(row, value, atMs, quality, nowMs);
    if (isUsable(quality) && Number.isFinite(value)) {
      if (isNewest && quantity === 'voltageV') this.supply.takeVoltage(row, value / this.#nominalV, atMs);
      else if (isNewest && (quantity === 'powerKw' || quantity === 'flowM3h')) this.table.takeRate(row, value);
      // Estimates prove nothing: the head-end makes them whether the meter has power or not.
      if (quality === 'good' && quantity !== 'voltageV') this.supply.powered(row, atMs);
    }
    if (isNewest && quality !== 'missing') this.table.seen(row, atMs, nowMs);
  }

  #applyZone(zone: ZoneState, sample: Sample, nowMs: number, isHistory: boolean): void {
    const { quantity, value, atMs } = sample;
    if (zone.pending !== undefined && zone.pending.atMs < atMs) this.#judge(zone, nowMs);
    // Every value of a batch is judged, however old: only what is older than the present value is history.
    const isPast = isHistory || (zone.value !== undefined && zone.value.atMs > atMs);
    if (quantity === (zone.zone.kind === 'dma' ? 'flowM3h' : 'powerKw')) {
      this.#teach(zone, zone.index, sample, isPast);
      if (zone.value !== undefined && zone.value.atMs >= atMs) return;
      zone.value = { value, atMs };
      if (isHistory) return;
      zone.cadence.note(atMs, nowMs);
      zone.pending = zone.value;
    } else if (quantity === 'pressureKpa') {
      this.#teach(zone, this.zones.length + zone.index, sample, isPast);
      if (zone.pressureKpa === undefined || zone.pressureKpa.atMs < atMs) zone.takePressure({ value, atMs });
    } else if (quantity === 'voltageV' && (zone.voltagePu === undefined || zone.voltagePu.atMs < atMs)) {
      this.#applyZoneVoltage(zone, value, atMs);
    }
    this.changedZones.touch(zone.index);
  }

  /** Values during present trouble are not learned, as they would be taken for usual tomorrow. */
  #teach(zone: ZoneState, series: number, { value, atMs }: Sample, isPast: boolean): void {
    if (!isPast && zone.trouble !== undefined) return;
    this.usual.teach(series, value, atMs);
    this.watch.note(series, atMs);
  }

  #judge(zone: ZoneState, nowMs: number): void {
    const reading = zone.pending;
    zone.pending = undefined;
    if (reading === undefined) return;
    const known = this.usualOf(zone, reading.atMs);
    const isOld = nowMs - reading.atMs > PRESENT_MS;
    const usual = isOld && known?.isAlike === false ? undefined : known;
    if (zone.zone.kind === 'dma') zone.judgeInflow(reading, usual, this.usualPressure(zone, reading.atMs));
    else zone.judgeLoad(reading, usual);
  }

  /** A voltage on the other side of the transformer cannot be compared with the customers' nominal one. */
  #applyZoneVoltage(zone: ZoneState, volts: number, atMs: number): void {
    const perUnit = volts / this.#nominalV;
    if (perUnit >= HIGHEST_PU) {
      zone.forgetVoltage();
      return;
    }
    zone.takeVoltage(perUnit, atMs);
    // A load of the same message is judged with it.
    if (zone.pending === undefined && zone.value?.atMs !== atMs) zone.judgeSupply(atMs);
  }

  #applyMeterFlags(row: number, value: DeviceFlags, nowMs: number): void {
    const { flags, atMs } = value;
    const event = flags.length === 1 ? registerEvents.find((each) => each === flags[0]) : undefined;
    if (event !== undefined) {
      this.table.noteRegisterEvent(row, event, atMs);
      return;
    }
    const meanings = flags.map(statusMeaning);
    if (nowMs - atMs <= EVENT_PRESENT_MS && meanings.includes('lastGasp')) this.#gasp(row, atMs);
    else if (meanings.includes('powerRestored')) this.supply.powered(row, atMs);
    this.status.take(row, value);
    if (!meanings.includes('lastGasp')) this.table.seen(row, atMs, nowMs);
  }

  #gasp(row: number, atMs: number): void {
    this.supply.gasp(row, atMs);
    // A gasp of before its feeder came back has only taken its time to arrive.
    const restoredAtMs = this.zones[this.table.zoneOf[row] ?? -1]?.restoredAtMs ?? Number.NaN;
    if (restoredAtMs > atMs) this.supply.assumeBack(Int32Array.of(row), restoredAtMs);
  }

  #applyZoneFlags(zone: ZoneState, { flags, atMs }: DeviceFlags): void {
    const meanings = flags.map(statusMeaning);
    if (meanings.includes('breakerOpen')) zone.takeBreaker(true, atMs);
    else if (meanings.includes('breakerClosed') || flags.length === 0) zone.takeBreaker(false, atMs);
    this.changedZones.touch(zone.index);
  }
}
