import { expect, it } from 'vitest';
import { openTelemetryPair } from '../../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { batchOf } from './telemetryBatches.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const newSeries = [{ id: 1, deviceId: 'm', quantity: 'registerKwh' as const }];

/** A reading a minute from one time to another. */
const readings = (fromMs: number, toMs: number) =>
  Array.from({ length: (toMs - fromMs) / MINUTE_MS }, (_, minute) => ({
    series: 1,
    atMs: fromMs + minute * MINUTE_MS,
    value: (fromMs - NOW) / MINUTE_MS + minute,
  }));

it.each([
  ['back an hour', -HOUR_MS],
  ['forward a day', 24 * HOUR_MS],
])('a clock that steps %s loses no sample, keeps none twice, and moves nothing out of its time', (_, stepMs) => {
  const folder = temporaryFolder();
  let pair = openTelemetryPair(folder, NOW);
  const commit = (fromMs: number, toMs: number, nowMs: number): number =>
    pair.writer.commit(batchOf(readings(fromMs, toMs), { newSeries }), nowMs).insertedByFeed[0] ?? 0;
  expect(commit(NOW - 2 * HOUR_MS, NOW, NOW)).toBe(120);
  while (pair.writer.tend(NOW + HOUR_MS) !== 'done');
  // The meters know better than the workstation: they go on where they were, whatever its clock says.
  expect(commit(NOW, NOW + HOUR_MS, NOW + stepMs)).toBe(60);
  while (pair.writer.tend(NOW + stepMs) !== 'done');
  // A device that steps with it tells the hour before once more.
  expect(commit(NOW - HOUR_MS, NOW + 2 * HOUR_MS, NOW + stepMs + HOUR_MS)).toBe(60);
  pair.close();
  pair = openTelemetryPair(folder, NOW + stepMs);
  while (pair.writer.tend(NOW + 2 * HOUR_MS, true) !== 'done');
  const { atMs, value } = pair.query({
    deviceId: 'm',
    quantity: 'registerKwh',
    fromMs: 0,
    toMs: NOW + 48 * HOUR_MS,
    maxPoints: 5000,
    asRate: false,
  });
  expect(atMs).toEqual(readings(NOW - 2 * HOUR_MS, NOW + 2 * HOUR_MS).map((reading) => reading.atMs));
  expect(value).toEqual(readings(NOW - 2 * HOUR_MS, NOW + 2 * HOUR_MS).map((reading) => reading.value));
  expect(pair.reader.counts().samples).toBe(240);
  pair.close();
});
