import type { SampleColumns, TelemetryBatch } from '../../../../../../main/engine/store/store.ts';

export type SampleRow = { series: number; atMs: number; value: number; quality?: number; feed?: number };

export function columnsOf(rows: readonly SampleRow[]): SampleColumns {
  return {
    count: rows.length,
    seriesId: Uint32Array.from(rows, (row) => row.series),
    atMs: Float64Array.from(rows, (row) => row.atMs),
    value: Float64Array.from(rows, (row) => row.value),
    quality: Uint8Array.from(rows, (row) => row.quality ?? 0),
    feed: Uint8Array.from(rows, (row) => row.feed ?? 0),
  };
}

export const emptyBatch: TelemetryBatch = {
  newSeries: [],
  samples: columnsOf([]),
  positions: [],
  units: [],
  flags: [],
  reports: [],
  deadLetters: [],
};

export const batchOf = (rows: readonly SampleRow[], rest: Partial<TelemetryBatch> = {}): TelemetryBatch => ({
  ...emptyBatch,
  samples: columnsOf(rows),
  ...rest,
});
