import { isUsable, qualityCode } from '../../../shared/base/quality.ts';
import { quantities } from '../../../shared/base/quantities.ts';
import type { Quantity } from '../../../shared/base/quantities.ts';
import type { Sample, UnitReport, Value, VehicleObservation } from '../../../shared/base/values.ts';
import { routeSeries } from '../store/samples/routeSeries.ts';
import type { DeadLetterRow, SampleColumns, SeriesRow, TelemetryBatch, UnitRow } from '../store/store.ts';

const FIRST_CAPACITY = 1024;
/**
 * Maps a quantity to the string instance that the feeds use: a name that was read from the store is another instance,
 * and comparing the two means comparing letter by letter.
 */
const ownName = new Map((Object.keys(quantities) as Quantity[]).map((name) => [name, name]));

const makeSamples = (capacity: number): SampleColumns => ({
  count: 0,
  seriesId: new Uint32Array(capacity),
  atMs: new Float64Array(capacity),
  value: new Float64Array(capacity),
  quality: new Uint8Array(capacity),
  feed: new Uint8Array(capacity),
});

function grown(old: SampleColumns): SampleColumns {
  const larger = makeSamples(old.seriesId.length * 2);
  for (const name of ['seriesId', 'atMs', 'value', 'quality', 'feed'] as const) larger[name].set(old[name]);
  larger.count = old.count;
  return larger;
}

/** The series of one device. They are few, so a linked list of them is smaller than a Map and found as fast. */
type DeviceSeries = { readonly quantity: Quantity; readonly id: number; next: DeviceSeries | undefined };

/** The most series per pool of devices that are in none of the county's registers. */
export const MOST_UNREGISTERED_SERIES = 20_000;
const PREFIX = /^[^:]*:|/;

type DictionaryOptions = { isRegistered?: (deviceId: string) => boolean; mostUnregistered?: number };

/**
 * The numbers of series. A series is a device and a quantity; its number is assigned once and never changes. Series of
 * devices that are in no register are bounded per pool, which is the prefix of their ids and so their feed: invented
 * devices fill the pool of one feed, and registered devices always get their series.
 */
export class SeriesDictionary {
  readonly #byId = new Map<string, DeviceSeries>();
  /** The same series, by the device's number in the registry. */
  readonly #byNumber: (DeviceSeries | undefined)[] = [];
  readonly #isRegistered: (deviceId: string) => boolean;
  readonly #mostUnregistered: number;
  /** The number of series of unregistered devices, by the prefix of their ids. */
  readonly #pools = new Map<string, number>();
  #size = 0;
  #next = 1;

  constructor(
    known: readonly SeriesRow[],
    { isRegistered = () => false, mostUnregistered = MOST_UNREGISTERED_SERIES }: DictionaryOptions = {},
  ) {
    this.#isRegistered = isRegistered;
    this.#mostUnregistered = mostUnregistered;
    for (const row of known) {
      this.#append(row);
      if (!isRegistered(row.deviceId)) this.#countInPool(row.deviceId, 1);
      this.#next = Math.max(this.#next, row.id + 1);
    }
  }

  /** Assigns a number to a series that has none; undefined where its pool is full. */
  add(deviceId: string, quantity: Quantity): SeriesRow | undefined {
    if (!this.#isRegistered(deviceId)) {
      if ((this.#pools.get(poolOf(deviceId)) ?? 0) >= this.#mostUnregistered) return undefined;
      this.#countInPool(deviceId, 1);
    }
    const row = { id: this.#next++, deviceId, quantity };
    this.#append(row);
    return row;
  }

  /** Forgets a series that the store has deleted. */
  remove({ id, deviceId }: SeriesRow): void {
    const first = this.#byId.get(deviceId);
    let [before, series] = [undefined as DeviceSeries | undefined, first];
    while (series !== undefined && series.id !== id) [before, series] = [series, series.next];
    if (series === undefined) return;
    this.#size--;
    if (!this.#isRegistered(deviceId)) this.#countInPool(deviceId, -1);
    if (before !== undefined) before.next = series.next;
    else if (series.next !== undefined) this.#byId.set(deviceId, series.next);
    else this.#byId.delete(deviceId);
    this.#byNumber.length = 0;
  }

  /** `deviceNumber`: the device's number in the registry, where it is known. */
  find(deviceId: string, quantity: Quantity, deviceNumber?: number): number | undefined {
    let series =
      deviceNumber === undefined
        ? this.#byId.get(deviceId)
        : (this.#byNumber[deviceNumber] ?? this.#number(deviceId, deviceNumber));
    while (series !== undefined && series.quantity !== quantity) series = series.next;
    return series?.id;
  }

  get size(): number {
    return this.#size;
  }

  #countInPool(deviceId: string, change: number): void {
    const pool = poolOf(deviceId);
    this.#pools.set(pool, (this.#pools.get(pool) ?? 0) + change);
  }

  #number(deviceId: string, deviceNumber: number): DeviceSeries | undefined {
    // An array without holes keeps its fast representation, however large it is.
    while (this.#byNumber.length <= deviceNumber) this.#byNumber.push(undefined);
    return (this.#byNumber[deviceNumber] = this.#byId.get(deviceId));
  }

  #append({ id, deviceId, quantity }: SeriesRow): void {
    this.#size++;
    const series: DeviceSeries = { id, quantity: ownName.get(quantity) ?? quantity, next: undefined };
    let last = this.#byId.get(deviceId);
    if (last === undefined) this.#byId.set(deviceId, series);
    while (last?.next !== undefined) last = last.next;
    if (last !== undefined) last.next = series;
  }
}

/** The prefix of an id with its colon; an id without one shares the pool of the county's own streams. */
const poolOf = (deviceId: string): string => PREFIX.exec(deviceId)?.[0] ?? '';

/** Collects the rows of one transaction. */
export class BatchBuilder {
  readonly #series: SeriesDictionary;
  readonly #isUnit: (unitId: string) => boolean;
  #samples = makeSamples(FIRST_CAPACITY);
  #newSeries: SeriesRow[] = [];
  #positions: TelemetryBatch['positions'] = [];
  #units: UnitRow[] = [];
  #flags: TelemetryBatch['flags'] = [];
  #reports: TelemetryBatch['reports'] = [];
  #deadLetters: DeadLetterRow[] = [];
  #unplaced = 0;

  /**
   * `isUnit` returns whether the id is one of the county's units; reports of other units are neither shown nor kept.
   */
  constructor(series: SeriesDictionary, isUnit: (unitId: string) => boolean) {
    this.#series = series;
    this.#isUnit = isUnit;
  }

  /** The number of rows collected so far. */
  get size(): number {
    return (
      this.#samples.count +
      this.#positions.length +
      this.#units.length +
      this.#flags.length +
      this.#reports.length +
      this.#deadLetters.length
    );
  }

  add(value: Value, feed: number): void {
    if (value.kind === 'sample') this.#addSample(value, feed);
    else if (value.kind === 'vehicle') this.#addVehicle(value, feed);
    else if (value.kind === 'unit') this.#addUnit(value);
    else if (value.kind === 'flags')
      this.#flags.push({ deviceId: value.deviceId, atMs: value.atMs, flags: [...value.flags], isState: value.isState });
    else if (value.kind === 'report') this.#reports.push({ id: value.reportId, atMs: value.atMs, value });
    else if (value.kind === 'notice') this.#reports.push({ id: value.noticeId, atMs: value.atMs, value });
  }

  addDeadLetter(row: DeadLetterRow): void {
    this.#deadLetters.push(row);
  }

  /** How many samples were left out since this was last called, because their devices may have no more series. */
  takeUnplaced(): number {
    const unplaced = this.#unplaced;
    this.#unplaced = 0;
    return unplaced;
  }

  /**
   * Forgets series that the store has deleted, and gives the samples of them that came meanwhile, here or in batches
   * that wait, new series.
   */
  removeSeries(removed: readonly SeriesRow[], waiting: readonly TelemetryBatch[]): void {
    const byId = new Map(removed.map((row) => [row.id, row]));
    for (const row of removed) this.#series.remove(row);
    for (const { newSeries, samples } of [...waiting, { newSeries: this.#newSeries, samples: this.#samples }])
      for (let row = 0; row < samples.count; row++) {
        const old = byId.get(samples.seriesId[row] ?? 0);
        if (old === undefined) continue;
        const known = this.#series.find(old.deviceId, old.quantity);
        const added = known === undefined ? this.#series.add(old.deviceId, old.quantity) : undefined;
        if (added !== undefined) newSeries.push(added);
        samples.seriesId[row] = known ?? added?.id ?? 0;
      }
  }

  /** Returns the collected rows and starts an empty batch. */
  take(): TelemetryBatch {
    const batch = {
      newSeries: this.#newSeries,
      samples: this.#samples,
      positions: this.#positions,
      units: this.#units,
      flags: this.#flags,
      reports: this.#reports,
      deadLetters: this.#deadLetters,
    };
    // The next batch will probably be about as large.
    this.#samples = makeSamples(Math.max(FIRST_CAPACITY, this.#samples.count));
    this.#newSeries = [];
    this.#positions = [];
    this.#units = [];
    this.#flags = [];
    this.#reports = [];
    this.#deadLetters = [];
    return batch;
  }

  #addSample(sample: Sample, feed: number): void {
    const series =
      this.#series.find(sample.deviceId, sample.quantity, sample.deviceNumber) ??
      this.#addSeries(sample.deviceId, sample.quantity);
    if (series === undefined) {
      this.#unplaced++;
      return;
    }
    if (this.#samples.count === this.#samples.seriesId.length) this.#samples = grown(this.#samples);
    const samples = this.#samples;
    const row = samples.count++;
    samples.seriesId[row] = series;
    samples.atMs[row] = sample.atMs;
    samples.value[row] = sample.value;
    samples.quality[row] = qualityCode[sample.quality];
    samples.feed[row] = feed;
  }

  #addSeries(deviceId: string, quantity: Quantity): number | undefined {
    const row = this.#series.add(deviceId, quantity);
    if (row !== undefined) this.#newSeries.push(row);
    return row?.id;
  }

  /**
   * Stores the vehicle's position, and its delay also under its route, where the delays of all its vehicles are added
   * up.
   */
  #addVehicle(seen: VehicleObservation, feed: number): void {
    this.#addPosition(seen);
    const { vehicleId, routeId, delayS, atMs, quality } = seen;
    if (routeId !== undefined && delayS !== undefined)
      this.#addSample(
        { kind: 'sample', deviceId: routeSeries(routeId, vehicleId), quantity: 'delayS', atMs, value: delayS, quality },
        feed,
      );
  }

  #addUnit(report: UnitReport): void {
    const { unitId, atMs, lon, lat, status, speedMps = null, headingDeg = null, incidentId = null } = report;
    if (lon === undefined || lat === undefined || !isUsable(report.quality) || !this.#isUnit(unitId)) return;
    this.#units.push({ unitId, atMs, lon, lat, speedMps, headingDeg, status, incidentId });
  }

  #addPosition(seen: VehicleObservation): void {
    if (seen.lon === undefined || seen.lat === undefined) return;
    this.#positions.push({
      vehicleId: seen.vehicleId,
      atMs: seen.atMs,
      lon: seen.lon,
      lat: seen.lat,
      speedMps: seen.speedMps ?? null,
      headingDeg: seen.headingDeg ?? null,
      delayS: seen.delayS ?? null,
      tripId: seen.tripId ?? null,
    });
  }
}
