import { describe, expect, it } from 'vitest';
import type { PositionRow, UnitRow } from '../../../../../../main/engine/store/store.ts';
import { openTelemetryPair } from '../../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { emptyBatch } from './telemetryBatches.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const position = (vehicleId: string, atMs: number): PositionRow => ({
  vehicleId,
  atMs,
  lon: 24.9,
  lat: 60.2,
  speedMps: 5,
  headingDeg: 90,
  delayS: null,
  tripId: null,
});

describe('the past, as it is read from the store', () => {
  it('has the positions of all vehicles and what devices told, in the order of their times', () => {
    const positions = [position('b', NOW + 2000), position('a', NOW + 1000), position('a', NOW + 3000)];
    const flags = [
      { deviceId: 'F1', atMs: NOW + 2000, flags: ['breakerOpen'], isState: true },
      { deviceId: 'M1', atMs: NOW + 1000, flags: ['lastGasp'], isState: false },
    ];
    const { writer, reader, close } = openTelemetryPair(temporaryFolder(), NOW);
    writer.commit({ ...emptyBatch, positions, flags }, NOW);
    expect(reader.positionsIn(NOW + 1000, NOW + 3000)).toEqual([position('a', NOW + 1000), position('b', NOW + 2000)]);
    expect(reader.flagsIn(NOW + 1000, NOW + 2001)).toEqual([flags[1], flags[0]]);
    close();
  });

  it('has what units told beside the vehicles, also where one has the name of the other', () => {
    const unit = (unitId: string, atMs: number, incidentId: string | null): UnitRow => ({
      unitId,
      atMs,
      lon: 24.9,
      lat: 60.2,
      speedMps: null,
      headingDeg: 180,
      status: incidentId === null ? 'available' : 'onScene',
      incidentId,
    });
    const units = [unit('a', NOW + 1000, null), unit('b', NOW + 2000, 'INC-1'), unit('a', NOW + 3000, 'INC-1')];
    const { writer, reader, close } = openTelemetryPair(temporaryFolder(), NOW);
    writer.commit({ ...emptyBatch, positions: [position('a', NOW + 1000), position('unit', NOW + 2000)], units }, NOW);
    expect(reader.unitsIn(NOW + 1000, NOW + 3000)).toEqual(units.slice(0, 2));
    expect(reader.unitsAt(NOW + 2999, 60_000)).toEqual(units.slice(0, 2));
    expect(reader.unitsAt(NOW + 3000, 500)).toEqual([units[2]]);
    expect(reader.positionsIn(NOW, NOW + 4000)).toEqual([position('a', NOW + 1000), position('unit', NOW + 2000)]);
    expect(reader.track('a', NOW, NOW + 4000)).toEqual([position('a', NOW + 1000)]);
    expect(reader.counts().positions).toBe(5);
    // Kept two days, as vehicles' positions are.
    writer.sweep({ table: 'positions', next: 0 }, NOW + 2 * 86_400_000 + 2500);
    expect(reader.unitsIn(NOW, NOW + 4000)).toEqual([units[2]]);
    close();
  });
});
