import { FUTURE_TOLERANCE_MS } from '../../../shared/clock.ts';
import { qualityCode } from '../../../shared/quality.ts';
import { isQuantity, quantities } from '../../../shared/quantities.ts';
import type { Db } from './openDatabase.ts';
import { rateOfCounter, thinSeries } from './thinSeries.ts';
import type { StoredSample } from './thinSeries.ts';
import type { DeadLetterRow, FlagRow, PositionRow, ReportRow, SampleColumns, SeriesPoints, SeriesQuery, SeriesRow } from './store.ts';

/** Series whose quantity this version does not know are left out: nothing could be said about their unit. */
export function readSeries(db: Db): SeriesRow[] {
  const rows = db.prepare<[], { id: number; device: string; quantity: string }>('SELECT id, device, quantity FROM series ORDER BY id').all();
  return rows.flatMap(({ id, device, quantity }) => (isQuantity(quantity) ? [{ id, deviceId: device, quantity }] : []));
}

/** Grows as rows are added; `take` cuts it to size. */
class ColumnBuilder {
  #columns: SampleColumns;

  constructor(capacity: number) {
    this.#columns = ColumnBuilder.#make(capacity);
  }

  static #make(capacity: number): SampleColumns {
    return { count: 0, seriesId: new Uint32Array(capacity), atMs: new Float64Array(capacity), value: new Float64Array(capacity), quality: new Uint8Array(capacity), feed: new Uint8Array(capacity) };
  }

  add(seriesId: number, atMs: number, value: number, quality: number): void {
    if (this.#columns.count === this.#columns.atMs.length) this.#resize(Math.max(64, this.#columns.count * 2));
    const row = this.#columns.count++;
    this.#columns.seriesId[row] = seriesId;
    this.#columns.atMs[row] = atMs;
    this.#columns.value[row] = value;
    this.#columns.quality[row] = quality;
  }

  take(): SampleColumns {
    this.#resize(this.#columns.count);
    return this.#columns;
  }

  #resize(capacity: number): void {
    const old = this.#columns;
    const next = ColumnBuilder.#make(capacity);
    for (const name of ['seriesId', 'atMs', 'value', 'quality'] as const) next[name].set(old[name].subarray(0, old.count));
    next.count = old.count;
    this.#columns = next;
  }
}

/** One row a series; a sample without a value has NaN. */
export function readLastSamples(db: Db, nowMs: number): SampleColumns {
  const ids = db.prepare<[], number>('SELECT id FROM series ORDER BY id').pluck().all();
  const last = db.prepare<[number, number], StoredSample>('SELECT at AS atMs, value, quality FROM samples WHERE series = ? AND at <= ? ORDER BY at DESC LIMIT 1');
  const columns = new ColumnBuilder(ids.length);
  for (const id of ids) {
    const sample = last.get(id, nowMs + FUTURE_TOLERANCE_MS);
    if (sample) columns.add(id, sample.atMs, sample.value ?? Number.NaN, sample.quality);
  }
  return columns.take();
}

/** Samples of one series in [fromMs, toMs), thinned; no points where the series is not known. */
export function querySeries(db: Db, query: SeriesQuery): SeriesPoints {
  const id = db.prepare<[string, string], number>('SELECT id FROM series WHERE device = ? AND quantity = ?').pluck().get(query.deviceId, query.quantity);
  if (id === undefined || !(query.toMs > query.fromMs)) return { atMs: [], value: [], quality: [] };
  // A rate needs the reading before the first, too.
  const before = query.asRate ? db.prepare<[number, number], number>('SELECT max(at) FROM samples WHERE series = ? AND at < ? AND quality <= 1').pluck().get(id, query.fromMs) : undefined;
  const select = db.prepare<[number, number, number], StoredSample>('SELECT at AS atMs, value, quality FROM samples WHERE series = ? AND at >= ? AND at < ? ORDER BY at');
  const samples = select.all(id, before ?? query.fromMs, query.toMs);
  const shown = query.asRate ? rateOfCounter(samples).filter((sample) => sample.atMs >= query.fromMs) : samples;
  return thinSeries(shown, query.fromMs, query.toMs, query.maxPoints);
}

/** What a step has gathered so far. */
type Step = { index: number; atMs: number; sum: number; count: number; last: number; quality: number };

/** Several series thinned to one row a step of usable values: the mean for gauges, the last for counters. */
export function readSteps(db: Db, seriesIds: readonly number[], fromMs: number, toMs: number, stepMs: number): SampleColumns {
  const quantityOf = db.prepare<[number], string>('SELECT quantity FROM series WHERE id = ?').pluck();
  const select = db.prepare<[number, number, number, number], StoredSample>(
    'SELECT at AS atMs, value, quality FROM samples WHERE series = ? AND at >= ? AND at < ? AND quality <= ? AND value IS NOT NULL ORDER BY at',
  );
  const columns = new ColumnBuilder(1024);
  for (const id of [...seriesIds].sort((a, b) => a - b)) {
    const quantity = quantityOf.get(id);
    if (quantity === undefined || !isQuantity(quantity)) continue;
    const isCounter = quantities[quantity].kind === 'counter';
    const finish = (step: Step): void => columns.add(id, step.atMs, isCounter ? step.last : step.sum / step.count, step.quality);
    let step: Step | undefined;
    for (const { atMs, value, quality } of select.iterate(id, fromMs, toMs, qualityCode.estimated)) {
      const index = Math.floor(atMs / stepMs);
      if (step !== undefined && step.index !== index) {
        finish(step);
        step = undefined;
      }
      step ??= { index, atMs, sum: 0, count: 0, last: 0, quality: 0 };
      step.atMs = atMs;
      step.last = value ?? 0;
      step.sum += step.last;
      step.count++;
      step.quality = Math.max(step.quality, quality);
    }
    if (step !== undefined) finish(step);
  }
  return columns.take();
}

/** Positions of a vehicle in [fromMs, toMs), ascending. */
export function readTrack(db: Db, vehicleId: string, fromMs: number, toMs: number): PositionRow[] {
  const rows = db.prepare<[string, number, number], PositionRow>(`
    SELECT vehicles.name AS vehicleId, at AS atMs, lon_e7 / 1e7 AS lon, lat_e7 / 1e7 AS lat, speed_cmps / 1e2 AS speedMps,
           heading_ddeg / 1e1 AS headingDeg, delay_s AS delayS, trips.name AS tripId
    FROM names AS vehicles JOIN positions ON vehicle = vehicles.id LEFT JOIN names AS trips ON trips.id = trip
    WHERE vehicles.name = ? AND at >= ? AND at < ? ORDER BY at`);
  return rows.all(vehicleId, fromMs, toMs);
}

/** The newest state of each device. */
export function readLastFlags(db: Db): FlagRow[] {
  const rows = db.prepare<[], { device: string; at: number; flags: string }>('SELECT device, max(at) AS at, flags FROM device_flags WHERE is_state = 1 GROUP BY device').all();
  return rows.map(({ device, at, flags }) => ({ deviceId: device, atMs: at, flags: JSON.parse(flags) as string[], isState: true }));
}

export function readReports(db: Db): ReportRow[] {
  const rows = db.prepare<[], { id: string; at: number; value: string }>('SELECT id, at, value FROM reports ORDER BY at').all();
  return rows.map(({ id, at, value }) => ({ id, atMs: at, value: JSON.parse(value) as ReportRow['value'] }));
}

export function readDeadLetters(db: Db, limit: number): DeadLetterRow[] {
  const rows = db.prepare<[number], DeadLetterRow>('SELECT at AS atMs, feed, topic, reason, detail, payload, bytes FROM dead_letters ORDER BY id DESC LIMIT ?').all(limit);
  return rows.map((row) => ({ ...row, payload: new Uint8Array(row.payload) }));
}

export type TelemetryCounts = { samples: number; positions: number; deadLetters: number; bytes: number };

/** Rows by kind, without reading them. */
export function countTelemetry(db: Db): Omit<TelemetryCounts, 'bytes'> {
  const total = db.prepare<[string], number>('SELECT count FROM totals WHERE name = ?').pluck();
  // Only ever deleted from the old end, so the numbers have no holes.
  const deadLetters = db.prepare<[], number>('SELECT ifnull(max(id) - min(id) + 1, 0) FROM dead_letters').pluck();
  return { samples: total.get('samples') ?? 0, positions: total.get('positions') ?? 0, deadLetters: deadLetters.get() ?? 0 };
}
