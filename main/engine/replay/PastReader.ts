import { qualityOfCode } from '../../../shared/base/quality.ts';
import type { Sample, UnitReport, Value, VehicleObservation } from '../../../shared/base/values.ts';
import type { FlagRow, History, PositionRow, SampleColumns, SeriesRow, UnitRow } from '../store/store.ts';

/** What a replay reads of the store. */
export type PastStore = Pick<
  History,
  'series' | 'snapshot' | 'range' | 'positionsIn' | 'unitsIn' | 'unitsAt' | 'flagsIn' | 'reports' | 'steps'
>;

/** What the store does not keep of a vehicle: its names, and the line of a vehicle that names no trip. */
export type VehicleNames = (vehicleId: string) => Pick<VehicleObservation, 'label' | 'mode' | 'routeId'>;

/**
 * The length of a stretch of time adapts to the amount of data in it: each stretch arrives as one message, which must
 * not hold up the loop.
 */
const FIRST_SPAN_MS = 30_000;
const LONGEST_SPAN_MS = 600_000;
const SHORTEST_SPAN_MS = 2000;
const FEW_ROWS = 4000;
const MANY_ROWS = 16_000;

type Stretch = { toMs: number; samples: SampleColumns; positions: PositionRow[]; units: UnitRow[]; flags: FlagRow[] };

const nothing = (): SampleColumns => ({
  count: 0,
  seriesId: new Uint32Array(),
  atMs: new Float64Array(),
  value: new Float64Array(),
  quality: new Uint8Array(),
  feed: new Uint8Array(),
});
const timeOf = (row: { atMs: number } | undefined): number => row?.atMs ?? Number.POSITIVE_INFINITY;
/** The value that a row was made of. */
export const flagsOf = ({ deviceId, atMs, flags, isState }: FlagRow): Value => ({
  kind: 'flags',
  deviceId,
  atMs,
  flags,
  isState,
  quality: 'good',
});
const unitOf = ({ unitId, atMs, lon, lat, speedMps, headingDeg, status, incidentId }: UnitRow): UnitReport => ({
  kind: 'unit',
  unitId,
  atMs,
  lon,
  lat,
  status,
  quality: 'good',
  ...(speedMps !== null && { speedMps }),
  ...(headingDeg !== null && { headingDeg }),
  ...(incidentId !== null && { incidentId }),
});

/**
 * Reads stored rows as values again, in the order of their times. While one stretch of time is played, the next one is
 * read.
 */
export class PastReader {
  readonly #store: PastStore;
  readonly #names: VehicleNames;
  readonly #series = new Map<number, SeriesRow>();
  #reports: Value[] = [];
  #stretch: Stretch;
  #ahead: Promise<Stretch> | undefined;
  #next = { sample: 0, position: 0, unit: 0, flag: 0, report: 0 };
  #spanMs = FIRST_SPAN_MS;

  constructor(store: PastStore, names: VehicleNames, fromMs: number) {
    this.#store = store;
    this.#names = names;
    this.#stretch = { toMs: fromMs, samples: nothing(), positions: [], units: [], flags: [] };
  }

  get series(): SeriesRow[] {
    return [...this.#series.values()];
  }

  /** Must be called first: reads which series there are. */
  async open(): Promise<void> {
    for (const row of await this.#store.series()) this.#series.set(row.id, row);
  }

  /**
   * Reads what was held at `atMs`, in no order: the newest sample of every series, what units and devices said of
   * themselves, and all reports so far. `sinceMs`: the oldest sample.
   */
  async held(atMs: number, maxAgeMs: number): Promise<{ sinceMs: number; values: Iterable<Value> }> {
    const reports = await this.#store.reports();
    this.#reports = reports.filter((row) => row.atMs > atMs).map(({ value }) => value);
    const samples = await this.#store.snapshot(atMs, maxAgeMs);
    const flags = await this.#store.flagsIn(atMs - maxAgeMs, atMs);
    const units = await this.#store.unitsAt(atMs - 1, maxAgeMs);
    const sinceMs = samples.atMs.subarray(0, samples.count).reduce((oldest, each) => Math.min(oldest, each), atMs);
    return {
      sinceMs,
      values: this.#held(
        reports.filter((row) => row.atMs <= atMs).map(({ value }) => value),
        samples,
        units,
        flags,
      ),
    };
  }

  /**
   * Reads all values up to `untilMs`, including that time, in portions; values from `beforeMs` on must not be read yet.
   */
  async *upTo(untilMs: number, beforeMs: number): AsyncIterable<Iterable<Value>> {
    for (;;) {
      yield this.#until(Math.min(untilMs, this.#stretch.toMs - 1));
      if (this.#stretch.toMs > untilMs) return;
      await this.#turnOver(Math.max(beforeMs, untilMs + 1));
    }
  }

  *#held(
    reports: readonly Value[],
    samples: SampleColumns,
    units: readonly UnitRow[],
    flags: readonly FlagRow[],
  ): Iterable<Value> {
    yield* reports;
    for (let row = 0; row < samples.count; row++) yield* this.#sample(samples, row);
    for (const row of units) yield unitOf(row);
    for (const row of flags) yield flagsOf(row);
  }

  *#until(untilMs: number): Iterable<Value> {
    const { samples, positions, units, flags } = this.#stretch;
    const next = this.#next;
    for (;;) {
      const sampleMs =
        next.sample < samples.count ? (samples.atMs[next.sample] ?? Number.NaN) : Number.POSITIVE_INFINITY;
      const [position, unit, flag, report] = [
        positions[next.position],
        units[next.unit],
        flags[next.flag],
        this.#reports[next.report],
      ];
      const [positionMs, unitMs, flagMs, reportMs] = [timeOf(position), timeOf(unit), timeOf(flag), timeOf(report)];
      const firstMs = Math.min(sampleMs, positionMs, unitMs, flagMs, reportMs);
      if (!(firstMs <= untilMs)) return;
      if (firstMs === sampleMs) yield* this.#sample(samples, next.sample++);
      else if (position !== undefined && firstMs === positionMs)
        yield this.#vehicle(positions[next.position++] ?? position);
      else if (unit !== undefined && firstMs === unitMs) yield unitOf(units[next.unit++] ?? unit);
      else if (flag !== undefined && firstMs === flagMs) yield flagsOf(flags[next.flag++] ?? flag);
      else if (report !== undefined) yield this.#reports[next.report++] ?? report;
    }
  }

  async #turnOver(beforeMs: number): Promise<void> {
    const fromMs = this.#stretch.toMs;
    this.#stretch = await (this.#ahead ?? this.#read(fromMs, beforeMs));
    this.#next = { ...this.#next, sample: 0, position: 0, unit: 0, flag: 0 };
    if (this.#stretch.samples.seriesId.some((id) => !this.#series.has(id))) await this.open();
    const rows = this.#stretch.samples.count + this.#stretch.positions.length + this.#stretch.units.length;
    if (rows < FEW_ROWS) this.#spanMs = Math.min(LONGEST_SPAN_MS, this.#spanMs * 2);
    else if (rows > MANY_ROWS) this.#spanMs = Math.max(SHORTEST_SPAN_MS, this.#spanMs / 2);
    const { toMs } = this.#stretch;
    this.#ahead = toMs + this.#spanMs < beforeMs ? this.#read(toMs, beforeMs) : undefined;
    // An error of reading ahead is reported when its result is needed.
    this.#ahead?.catch(() => undefined);
  }

  async #read(fromMs: number, beforeMs: number): Promise<Stretch> {
    const toMs = Math.min(fromMs + this.#spanMs, beforeMs);
    const samples = await this.#store.range(fromMs, toMs);
    const positions = await this.#store.positionsIn(fromMs, toMs);
    const units = await this.#store.unitsIn(fromMs, toMs);
    const flags = await this.#store.flagsIn(fromMs, toMs);
    return { toMs, samples, positions, units, flags };
  }

  *#sample(samples: SampleColumns, row: number): Iterable<Sample> {
    const series = this.#series.get(samples.seriesId[row] ?? 0);
    if (series === undefined) return;
    const { deviceId, quantity } = series;
    yield {
      kind: 'sample',
      deviceId,
      quantity,
      value: samples.value[row] ?? Number.NaN,
      atMs: samples.atMs[row] ?? Number.NaN,
      quality: qualityOfCode(samples.quality[row] ?? 0),
    };
  }

  #vehicle({ vehicleId, atMs, lon, lat, speedMps, headingDeg, delayS, tripId }: PositionRow): VehicleObservation {
    const { routeId, ...names } = this.#names(vehicleId);
    return {
      kind: 'vehicle',
      vehicleId,
      atMs,
      lon,
      lat,
      quality: 'good',
      ...names,
      ...(speedMps !== null && { speedMps }),
      ...(headingDeg !== null && { headingDeg }),
      ...(delayS !== null && { delayS }),
      // A vehicle without a timetable has no delay; one with a delay served its line, whatever the name of its trip
      // was.
      ...(tripId !== null ? { tripId } : delayS !== null && routeId !== undefined && { routeId }),
    };
  }
}
