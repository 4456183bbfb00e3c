import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCountySums } from '../../../../../../main/engine/store/samples/readCountySums.ts';
import { openTelemetryPair } from '../../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { batchOf } from './telemetryBatches.ts';

const START = Date.UTC(2026, 5, 1, 12);
const HOUR = 3_600_000;

describe('readCountySums', () => {
  it('adds up what is sealed and what is not yet, from the file alone, while another connection has it', () => {
    const folder = temporaryFolder();
    const pair = openTelemetryPair(folder, START);
    const reading = (series: number, hour: number, value: number) => ({ series, atMs: START + hour * HOUR, value });
    const newSeries = [1, 2].map((id) => ({
      id,
      deviceId: `E${id}`,
      quantity: 'registerKwh' as const,
      scope: 'zone:F1',
    }));
    pair.writer.commit(
      batchOf([reading(1, 0, 100), reading(1, 1, 110), reading(2, 0, 50), reading(2, 1, 52)], { newSeries }),
      START + HOUR,
    );
    pair.seal();
    pair.writer.commit(batchOf([reading(1, 2, 130)]), START + 2 * HOUR);
    const [electricity, water] = readCountySums(
      join(folder, 'telemetry.db'),
      ['registerKwh', 'registerM3'],
      START,
      START + 2 * HOUR,
    );
    pair.close();
    const total = (column: Float64Array | undefined): number => column?.reduce((sum, value) => sum + value, 0) ?? 0;
    expect(total(electricity?.sum)).toBeCloseTo(32, 3);
    expect(electricity?.seriesKnown).toBe(2);
    // The second meter is silent in the second hour.
    expect(total(electricity?.series) / (2 * 8)).toBeCloseTo(0.75, 3);
    expect(water).toMatchObject({ seriesKnown: 0 });
    expect(water?.sum.length).toBe(0);
  });
});
