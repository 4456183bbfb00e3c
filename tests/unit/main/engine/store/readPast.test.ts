import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TelemetryReader } from '../../../../../main/engine/store/TelemetryReader.ts';
import { TelemetryWriter } from '../../../../../main/engine/store/TelemetryWriter.ts';
import type { PositionRow, SampleColumns } from '../../../../../main/engine/store/store.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { batchOf } from './telemetryBatches.ts';
import type { SampleRow } from './telemetryBatches.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const series = [1, 2, 3].map((id) => ({ id, deviceId: `d${id}`, quantity: 'speedMps' as const }));
const position = (vehicleId: string, atMs: number): PositionRow => ({ vehicleId, atMs, lon: 24.9, lat: 60.2, speedMps: 5, headingDeg: 90, delayS: null, tripId: null });

function storeOf(rows: readonly SampleRow[], rest: Parameters<typeof batchOf>[1] = {}): TelemetryReader {
  const file = join(temporaryFolder(), 'telemetry.db');
  const writer = new TelemetryWriter(file, { samplesDays: 30, positionsDays: 30, deadLetterCount: 10 }, Number.POSITIVE_INFINITY);
  writer.open(NOW);
  writer.commit(batchOf(rows, { newSeries: series, ...rest }));
  const reader = new TelemetryReader(file);
  reader.open();
  return reader;
}

const rowsOf = ({ count, seriesId, atMs, value }: SampleColumns): SampleRow[] => Array.from({ length: count }, (_, row) => ({ series: seriesId[row]!, atMs: atMs[row]!, value: value[row]! }));
const bySeries = (a: SampleRow, b: SampleRow): number => a.series - b.series;

describe('the past, as it is read from the store', () => {
  it('is of every series the newest sample that is old enough and not too old, and of a span everything in order', () => {
    const sample = fc.record({ series: fc.constantFrom(1, 2, 3), atMs: fc.integer({ min: NOW - 100, max: NOW }), value: fc.integer({ min: 0, max: 100 }) });
    const rows = fc.uniqueArray(sample, { maxLength: 60, selector: (row) => `${row.series} ${row.atMs}` });
    fc.assert(fc.property(rows, fc.integer({ min: NOW - 110, max: NOW + 10 }), fc.integer({ min: 0, max: 110 }), (stored, atMs, span) => {
      const reader = storeOf(stored);
      const newest = [1, 2, 3].flatMap((id) => stored.filter((row) => row.series === id && row.atMs <= atMs && row.atMs >= atMs - span).sort((a, b) => b.atMs - a.atMs).slice(0, 1));
      expect(rowsOf(reader.snapshot(atMs, span)).sort(bySeries)).toEqual(newest);
      const within = stored.filter((row) => row.atMs >= atMs - span && row.atMs < atMs).sort((a, b) => a.atMs - b.atMs || bySeries(a, b));
      expect(rowsOf(reader.range(atMs - span, atMs))).toEqual(within);
      reader.close();
    }), { numRuns: 25 });
  });

  it('has the positions of all vehicles and what devices told, in the order of their times', () => {
    const positions = [position('b', NOW + 2000), position('a', NOW + 1000), position('a', NOW + 3000)];
    const flags = [{ deviceId: 'F1', atMs: NOW + 2000, flags: ['breakerOpen'], isState: true }, { deviceId: 'M1', atMs: NOW + 1000, flags: ['lastGasp'], isState: false }];
    const reader = storeOf([], { positions, flags });
    expect(reader.positionsIn(NOW + 1000, NOW + 3000)).toEqual([position('a', NOW + 1000), position('b', NOW + 2000)]);
    expect(reader.flagsIn(NOW + 1000, NOW + 2001)).toEqual([flags[1], flags[0]]);
    reader.close();
  });
});
