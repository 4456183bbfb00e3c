import { expect, it, onTestFinished } from 'vitest';
import { BatchBuilder, SeriesDictionary } from '../../../../../main/engine/ingest/BatchBuilder.ts';
import { routeScope, routeScopeOf } from '../../../../../main/engine/store/samples/routeSeries.ts';
import type { VehicleObservation } from '../../../../../shared/base/values.ts';
import { openTelemetryPair } from '../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const QUARTER_MS = 900_000;
const START = Date.UTC(2026, 10, 23, 12);
const ROUTE = 'HSL:2550/b';

const bus = (vehicleId: string, minute: number, delayS: number, routeId = ROUTE): VehicleObservation => ({
  kind: 'vehicle',
  vehicleId,
  mode: 'bus',
  lon: 25,
  lat: 60,
  routeId,
  delayS,
  atMs: START + minute * 60_000,
  quality: 'good',
});

function commit(
  pair: ReturnType<typeof openTelemetryPair>,
  series: SeriesDictionary,
  seen: readonly VehicleObservation[],
): void {
  const builder = new BatchBuilder(series, () => false);
  for (const value of seen) builder.add(value, 0);
  const batch = builder.take();
  pair.writer.commit(
    { ...batch, newSeries: batch.newSeries.map((row) => ({ ...row, scope: routeScopeOf(row.deviceId) ?? '' })) },
    START,
  );
}

it("adds the delays of a route's vehicles up by quarter hour, sealed or not, and what comes late too", () => {
  const pair = openTelemetryPair(temporaryFolder(), START + 3_600_000);
  onTestFinished(() => pair.close());
  const series = new SeriesDictionary([]);
  const means = (): number[] => {
    const asked = [routeScope(ROUTE), 'delayS', START, START + 2 * QUARTER_MS] as const;
    const { sum, series: count } = pair.reader.rollups(...asked, pair.writer.rollups(...asked));
    return Array.from(sum, (total, at) => total / (count[at] ?? 0));
  };
  commit(pair, series, [bus('A', 1, 60), bus('B', 2, -20), bus('C', 3, 900, 'another'), bus('A', 16, 120)]);
  expect(means()).toEqual([20, 120]);
  pair.seal();
  expect(means()).toEqual([20, 120]);
  commit(pair, series, [bus('B', 17, 60)]);
  expect(means()).toEqual([20, 90]);
  pair.seal();
  expect(means()).toEqual([20, 90]);
});
