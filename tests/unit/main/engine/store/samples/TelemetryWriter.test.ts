import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TelemetryWriter } from '../../../../../../main/engine/store/samples/TelemetryWriter.ts';
import type { CommitResult, ReportRow, TelemetryBatch } from '../../../../../../main/engine/store/store.ts';
import type { SweepCursor } from '../../../../../../main/engine/store/samples/sweep.ts';
import { openTelemetryPair } from '../../../../../support/telemetryPair.ts';
import type { TelemetryPair } from '../../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { batchOf, emptyBatch } from './telemetryBatches.ts';
import type { SampleRow } from './telemetryBatches.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const DAY_MS = 86_400_000;

const openPair = (folder = temporaryFolder()): TelemetryPair => openTelemetryPair(folder, NOW);
const commit = (writer: TelemetryWriter, batch: TelemetryBatch): CommitResult => writer.commit(batch, NOW);
const fourSeries = [1, 2, 3, 4].map((id) => ({ id, deviceId: `d${id}`, quantity: 'speedMps' as const }));

function sweepAll(writer: TelemetryWriter): number {
  let deleted = 0;
  let cursor: SweepCursor | undefined = { table: 'samples', next: 0 };
  while (cursor !== undefined) {
    const step: ReturnType<TelemetryWriter['sweep']> = writer.sweep(cursor, NOW);
    deleted += step.deleted;
    cursor = step.cursor;
  }
  return deleted;
}

describe('TelemetryWriter', () => {
  it('tells new samples from those that it had, by feed', () => {
    const { writer, reader } = openPair();
    const rows = [
      { series: 1, atMs: NOW, value: 1, feed: 2 },
      { series: 1, atMs: NOW + 1000, value: 2, feed: 2 },
      { series: 2, atMs: NOW, value: 5, feed: 0 },
    ];
    expect(commit(writer, batchOf(rows, { newSeries: fourSeries }))).toMatchObject({
      insertedByFeed: [1, 0, 2],
      duplicatesByFeed: [0, 0, 0],
      correctedByFeed: [0, 0, 0],
      rejected: 0,
    });
    const again = [
      { series: 1, atMs: NOW, value: 1, feed: 2 },
      { series: 1, atMs: NOW + 1000, value: 2.5, feed: 2 },
      { series: 1, atMs: NOW + 2000, value: 3, feed: 2 },
    ];
    expect(commit(writer, batchOf(again))).toMatchObject({
      insertedByFeed: [0, 0, 1],
      duplicatesByFeed: [0, 0, 2],
      correctedByFeed: [0, 0, 1],
    });
    expect(reader.counts()).toMatchObject({ samples: 4 });
  });

  it('keeps a sample without a value, and refuses one without a time alone', () => {
    const { writer, query } = openPair();
    const result = commit(
      writer,
      batchOf(
        [
          { series: 1, atMs: NOW, value: Number.NaN, quality: 4 },
          { series: 1, atMs: Number.NaN, value: 1 },
          { series: 1, atMs: NOW + 5.4, value: 1 },
        ],
        { newSeries: [{ id: 1, deviceId: 'd', quantity: 'speedMps' }] },
      ),
    );
    expect(result).toMatchObject({ insertedByFeed: [2], rejected: 1 });
    expect(
      query({ deviceId: 'd', quantity: 'speedMps', fromMs: NOW, toMs: NOW + 10, maxPoints: 10, asRate: false }),
    ).toEqual({ atMs: [NOW, NOW + 5], value: [null, 1], quality: [4, 0] });
  });

  it('takes any number, so that no odd row can hold up the others', () => {
    const odd = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1e300, 0.5, Number.MAX_SAFE_INTEGER),
    );
    const { writer } = openPair();
    fc.assert(
      fc.property(odd, odd, odd, odd, odd, (atMs, value, lon, lat, rest) => {
        commit(writer, {
          newSeries: fourSeries,
          samples: batchOf([{ series: 1, atMs, value }]).samples,
          positions: [
            { vehicleId: 'v', atMs, lon, lat, speedMps: rest, headingDeg: rest, delayS: rest, tripId: null },
            { vehicleId: 'v', atMs: NOW, lon: 1, lat: 1, speedMps: rest, headingDeg: rest, delayS: rest, tripId: null },
          ],
          units: [
            { unitId: 'u', atMs, lon, lat, speedMps: rest, headingDeg: rest, status: 'available', incidentId: null },
          ],
          flags: [{ deviceId: 'd', atMs, flags: [], isState: true }],
          reports: [
            {
              id: 'r',
              atMs,
              value: { kind: 'report', reportId: 'r', atMs, quality: 'good', category: 'water', text: '', lon },
            },
          ],
          deadLetters: [{ atMs, feed: 'f', topic: 't', reason: 'r', detail: 'd', payload: new Uint8Array(), bytes: 0 }],
        });
      }),
    );
    expect(commit(writer, batchOf([{ series: 2, atMs: NOW, value: 1 }])).insertedByFeed).toEqual([1]);
  });

  it('deletes series of which nothing is stored any more, and the groups that have no other', () => {
    const folder = temporaryFolder();
    const { writer, reader } = openPair(folder);
    const old = Array.from({ length: 300 }, (_, i) => ({
      id: i + 1,
      deviceId: `ert:${i}`,
      quantity: 'registerM3' as const,
    }));
    const oldMs = NOW - 80 * DAY_MS;
    commit(
      writer,
      batchOf(
        old.map(({ id }) => ({ series: id, atMs: oldMs, value: 1 })),
        { newSeries: old },
      ),
    );
    const late = { id: 301, deviceId: 'ert:late', quantity: 'registerM3' as const };
    commit(writer, batchOf([{ series: 301, atMs: NOW, value: 1 }], { newSeries: [late] }));
    // What is not sealed yet is stored, however old it is.
    expect(writer.idleSeries(NOW, 0)).toEqual({ rows: [], next: undefined });
    while (writer.tend(NOW, true) !== 'done');
    sweepAll(writer);
    const { rows, next } = writer.idleSeries(NOW, 0);
    expect([rows.length, next]).toEqual([300, undefined]);
    writer.removeSeries(rows.map(({ id }) => id));
    expect(writer.series()).toEqual([late]);
    expect(reader.counts()).toMatchObject({ samples: 1 });
    // The same device may come again under another number, also after a restart.
    const again = { id: 302, deviceId: 'ert:0', quantity: 'registerM3' as const };
    commit(writer, batchOf([{ series: 302, atMs: NOW, value: 2 }], { newSeries: [again] }));
    writer.close();
    const reopened = openPair(folder);
    expect(reopened.writer.series()).toEqual([late, again]);
    expect(reopened.writer.idleSeries(NOW, 0).rows).toEqual([]);
    expect(
      [...reopened.writer.headOf('ert:0', 'registerM3', 0, NOW + 1).values()].map(({ value }) => [...value]),
    ).toEqual([[2]]);
  });

  it('keeps reports over a restart: the newest of each id, and the newest 500', () => {
    const folder = temporaryFolder();
    const { writer } = openPair(folder);
    const report = (id: string, atMs: number, text: string): ReportRow => ({
      id,
      atMs,
      value: { kind: 'report', reportId: id, atMs, quality: 'good', category: 'water', text },
    });
    commit(writer, {
      ...emptyBatch,
      reports: [report('R1', NOW, 'first'), report('R1', NOW + 1000, 'second'), report('R1', NOW - 1000, 'late')],
    });
    writer.close();
    const again = openPair(folder);
    expect(again.reader.reports()).toEqual([report('R1', NOW + 1000, 'second')]);
    commit(again.writer, {
      ...emptyBatch,
      reports: Array.from({ length: 600 }, (_, i) => report(`N${i}`, NOW - 3 * 3_600_000 + i, 'older')),
    });
    const kept = again.reader.reports();
    expect(kept).toHaveLength(500);
    expect([kept[0]?.id, kept.at(-1)?.id]).toEqual(['N101', 'R1']);
  });

  it('keeps the first reports of each minute of the last hour through a flood of them', () => {
    const { writer, reader } = openPair();
    const report = (id: string, atMs: number): ReportRow => ({
      id,
      atMs,
      value: { kind: 'report', reportId: id, atMs, quality: 'good', category: 'gas', text: 'Smell of gas' },
    });
    commit(writer, { ...emptyBatch, reports: [report('GAS', NOW - 20 * 60_000), report('OLD', NOW - 70 * 60_000)] });
    for (let part = 0; part < 8; part++)
      commit(writer, {
        ...emptyBatch,
        reports: Array.from({ length: 600 }, (_, i) => report(`F${part}-${i}`, NOW - 10 * 60_000 + part * 60_000 + i)),
      });
    const kept = reader.reports().map(({ id }) => id);
    expect(kept).toContain('GAS');
    expect(kept).not.toContain('OLD');
    expect(kept.length).toBeLessThanOrEqual(500 + 66 * 12);
  });

  it('holds what was committed, whatever the order, the repetitions and the batches', () => {
    const row = fc.record({
      series: fc.integer({ min: 1, max: 4 }),
      atMs: fc.integer({ min: 0, max: 40 }).map((step) => NOW + step * 1000),
      value: fc.integer({ min: -5, max: 5 }),
      quality: fc.constantFrom(0, 1, 2),
      feed: fc.constantFrom(0, 1),
    });
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 90 }), { maxLength: 5 }), (batches) => {
        // A series belongs to one feed: between feeds of one transaction there is no order.
        const fed = batches.map((rows) => rows.map((each) => ({ ...each, feed: each.series % 2 })));
        const { writer, reader, query, seal } = openPair();
        commit(writer, { ...emptyBatch, newSeries: fourSeries });
        const expected = new Map<string, SampleRow>();
        let inserted = 0;
        let duplicates = 0;
        for (const [index, rows] of fed.entries()) {
          // Some of it is sealed while the rest comes.
          if (index % 2 === 1) seal();
          const result = commit(writer, batchOf(rows));
          inserted += result.insertedByFeed.reduce((sum, count) => sum + count, 0);
          duplicates += result.duplicatesByFeed.reduce((sum, count) => sum + count, 0);
          for (const each of rows) expected.set(`${each.series}/${each.atMs}`, each);
        }
        expect(inserted).toBe(expected.size);
        expect(inserted + duplicates).toBe(fed.flat().length);
        expect(reader.counts().samples).toBe(expected.size);
        for (const id of [1, 2, 3, 4]) {
          const own = [...expected.values()].filter((each) => each.series === id).sort((a, b) => a.atMs - b.atMs);
          const points = query({
            deviceId: `d${id}`,
            quantity: 'speedMps',
            fromMs: NOW,
            toMs: NOW + DAY_MS,
            maxPoints: 5000,
            asRate: false,
          });
          const stored = points.atMs.flatMap((atMs, index) =>
            points.value[index] === null ? [] : [[atMs, points.value[index], points.quality[index]]],
          );
          expect(stored).toEqual(own.map((each) => [each.atMs, each.value, each.quality]));
        }
        reader.close();
        writer.close();
      }),
      { numRuns: 25 },
    );
  });

  it('remembers series over a restart and begins with the newest sample of each', () => {
    const folder = temporaryFolder();
    const { writer, reader } = openPair(folder);
    const newSeries = [
      { id: 7, deviceId: 'm', quantity: 'registerM3' as const },
      { id: 9, deviceId: 'x', quantity: 'speedMps' as const },
    ];
    commit(
      writer,
      batchOf(
        [
          { series: 7, atMs: NOW - 1000, value: 3 },
          { series: 7, atMs: NOW - 2000, value: 2 },
          { series: 7, atMs: NOW + DAY_MS, value: 99 },
        ],
        { newSeries },
      ),
    );
    reader.close();
    writer.close();
    const again = openPair(folder);
    expect(again.writer.series()).toEqual(newSeries);
    const { count, ...columns } = again.snapshot(NOW, DAY_MS);
    expect([count, ...columns.seriesId, ...columns.atMs, ...columns.value]).toEqual([1, 7, NOW - 1000, 3]);
  });

  it('keeps positions to the centimetre, flags by device, and so many dead letters', () => {
    const { writer, reader } = openPair();
    const position = {
      vehicleId: 'bus:1',
      atMs: NOW,
      lon: -120.1234567,
      lat: 35.7654321,
      speedMps: 12.34,
      headingDeg: 271.5,
      delayS: -60,
      tripId: 't1',
    };
    const bare = {
      vehicleId: 'bus:1',
      atMs: NOW + 1000,
      lon: 0,
      lat: 0,
      speedMps: null,
      headingDeg: null,
      delayS: null,
      tripId: null,
    };
    const letters = Array.from({ length: 130 }, (_, index) => ({
      atMs: NOW + index,
      feed: 'f',
      topic: 't',
      reason: 'notJson',
      detail: 'd',
      payload: new Uint8Array([index]),
      bytes: 1,
    }));
    commit(writer, {
      ...emptyBatch,
      positions: [bare, position],
      deadLetters: letters,
      flags: [
        { deviceId: 'm', atMs: NOW, flags: ['leak'], isState: true },
        { deviceId: 'm', atMs: NOW + 1, flags: [], isState: true },
      ],
    });
    expect(reader.track('bus:1', NOW, NOW + 2000)).toEqual([position, bare]);
    expect(reader.flagsIn(NOW, NOW + 2)).toEqual([
      { deviceId: 'm', atMs: NOW, flags: ['leak'], isState: true },
      { deviceId: 'm', atMs: NOW + 1, flags: [], isState: true },
    ]);
    expect(reader.counts()).toMatchObject({ positions: 2, deadLetters: 100 });
    expect(reader.deadLetters(2).map((letter) => [letter.atMs, ...letter.payload])).toEqual([
      [NOW + 129, 129],
      [NOW + 128, 128],
    ]);
  });

  it('sweeps what is older than the retention, but keeps the last known value', () => {
    const { writer, reader, seal, snapshot } = openPair();
    const old = Array.from({ length: 5000 }, (_, index) => ({
      series: 1,
      atMs: NOW - 40 * DAY_MS + index,
      value: index,
    }));
    const newSeries = [
      { id: 1, deviceId: 'a', quantity: 'speedMps' as const },
      { id: 2, deviceId: 'b', quantity: 'speedMps' as const },
    ];
    commit(
      writer,
      batchOf([...old, { series: 2, atMs: NOW, value: 1 }], {
        newSeries,
        positions: [
          {
            vehicleId: 'v',
            atMs: NOW - 3 * DAY_MS,
            lon: 1,
            lat: 1,
            speedMps: null,
            headingDeg: null,
            delayS: null,
            tripId: null,
          },
        ],
        flags: [1, 2].map((day) => ({
          deviceId: 'm',
          atMs: NOW - (40 - day) * DAY_MS,
          flags: [String(day)],
          isState: true,
        })),
      }),
    );
    seal();
    expect(sweepAll(writer)).toBe(5000 + 1 + 1);
    expect(reader.counts()).toMatchObject({ samples: 1, positions: 0 });
    expect([...snapshot(NOW, Number.MAX_SAFE_INTEGER).value]).toEqual([4999, 1]);
    expect(reader.flagsIn(0, NOW)).toMatchObject([{ flags: ['2'] }]);
    expect(sweepAll(writer)).toBe(0);
  });

  it('thins series to steps: the mean of gauges, the last of counters, usable values only', () => {
    const { writer, steps } = openPair();
    commit(
      writer,
      batchOf(
        [
          { series: 1, atMs: 1000, value: 10 },
          { series: 1, atMs: 2000, value: 20, quality: 1 },
          { series: 1, atMs: 3000, value: 999, quality: 2 },
          { series: 1, atMs: 61_000, value: 7 },
          { series: 2, atMs: 1000, value: 100 },
          { series: 2, atMs: 2000, value: 101 },
        ],
        {
          newSeries: [
            { id: 1, deviceId: 'g', quantity: 'speedMps' },
            { id: 2, deviceId: 'c', quantity: 'registerKwh' },
          ],
        },
      ),
    );
    const { count, seriesId, atMs, value, quality } = steps([2, 1], 0, 120_000, 60_000);
    expect(count).toBe(3);
    expect([[...seriesId], [...atMs], [...value], [...quality]]).toEqual([
      [1, 1, 2],
      [2000, 61_000, 2000],
      [15, 7, 101],
      [1, 0, 0],
    ]);
  });
});
