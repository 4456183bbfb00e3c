import { describe, expect, it } from 'vitest';
import type { PositionRow } from '../../../../../main/engine/store/store.ts';
import { openTelemetryPair } from '../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { emptyBatch } from './telemetryBatches.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const position = (vehicleId: string, atMs: number): PositionRow => ({ vehicleId, atMs, lon: 24.9, lat: 60.2, speedMps: 5, headingDeg: 90, delayS: null, tripId: null });

describe('the past, as it is read from the store', () => {
  it('has the positions of all vehicles and what devices told, in the order of their times', () => {
    const positions = [position('b', NOW + 2000), position('a', NOW + 1000), position('a', NOW + 3000)];
    const flags = [{ deviceId: 'F1', atMs: NOW + 2000, flags: ['breakerOpen'], isState: true }, { deviceId: 'M1', atMs: NOW + 1000, flags: ['lastGasp'], isState: false }];
    const { writer, reader, close } = openTelemetryPair(temporaryFolder(), NOW);
    writer.commit({ ...emptyBatch, positions, flags }, NOW);
    expect(reader.positionsIn(NOW + 1000, NOW + 3000)).toEqual([position('a', NOW + 1000), position('b', NOW + 2000)]);
    expect(reader.flagsIn(NOW + 1000, NOW + 2001)).toEqual([flags[1], flags[0]]);
    close();
  });
});
