import { expect, it } from 'vitest';
import { ReportCadence } from '../../../../../../main/engine/domains/transit/ReportCadence.ts';
import type { Run } from '../../../../../../main/engine/domains/transit/TripMatcher.ts';
import { VehicleState } from '../../../../../../main/engine/domains/transit/VehicleState.ts';
import { ShapeLine } from '../../../../../../shared/transit/ShapeLine.ts';

it('follows a vehicle out to the end of a spur and back, never in reverse', () => {
  const line = new ShapeLine([
    [0, 0],
    [0.01, 0],
    [0, 0],
  ]);
  const stops = [0, 0.5, 1].map((share) => ({
    stopId: `S${share}`,
    alongM: share * line.lengthM,
    arrivalS: share * 200,
    departureS: share * 200,
  }));
  const trip = { id: 'T', routeId: 'R', serviceId: 'W', directionId: 0, stopTimes: [] } as const;
  const run: Run = {
    plan: { trip: { ...trip, stopTimes: [] }, line, stops, visits: new Map() },
    day: '20260506',
    startMs: 0,
    key: 'T|0',
  };
  const lons = [
    ...Array.from({ length: 100 }, (_, i) => i / 10_000),
    ...Array.from({ length: 100 }, (_, i) => 0.01 - i / 10_000),
  ];
  const seen = { kind: 'vehicle', vehicleId: 'v', mode: 'bus', quality: 'good', tripId: 'T' } as const;
  const vehicle = new VehicleState(0, { ...seen, atMs: 0 }, 0, new ReportCadence());
  const places = lons.map((lon, i) => {
    vehicle.take({ ...seen, atMs: i * 1000, lon: lon + (i % 3) / 100_000, lat: 0.00002 }, run);
    return vehicle.alongM;
  });
  places.forEach((alongM, i) => expect(Math.abs(alongM - (i / 200) * line.lengthM)).toBeLessThan(30));
});
