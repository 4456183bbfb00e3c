import { describe, expect, it } from 'vitest';
import { siUnit } from '../../../../../../main/engine/ingest/feeds/siUnit.ts';

describe('a unit', () => {
  it.each([
    ['kWh', 5, 'energyKwh', 5],
    ['MJ', 36, 'energyKwh', 10],
    ['GJ', 0.036, 'energyKwh', 10],
    ['MWh', 2, 'energyKwh', 2000],
    ['W', 1500, 'powerKw', 1.5],
    ['l', 2500, 'volumeM3', 2.5],
    ['gal', 1000, 'volumeM3', 3.785411784],
    ['m³/h', 4, 'flowM3h', 4],
    ['l/s', 10, 'flowM3h', 36],
    ['lh', 500, 'flowM3h', 0.5],
    ['gpm', 100, 'flowM3h', 22.712470704],
    ['bar', 4.2, 'pressureKpa', 420],
    ['psi', 60, 'pressureKpa', 413.685],
    ['kV', 12.47, 'voltageV', 12_470],
    ['°C', 21, 'temperatureC', 21],
    ['°F', -40, 'temperatureC', -40],
    ['degF', 212, 'temperatureC', 100],
    ['K', 273.15, 'temperatureC', 0],
    ['km/h', 90, 'speedMps', 25],
    ['mph', 60, 'speedMps', 26.8224],
    ['dBm', -70, 'signalDbm', -70],
  ] as const)('%s: %d is %s %d', (name, value, dimension, si) => {
    const unit = siUnit(name);
    expect(unit?.dimension).toBe(dimension);
    expect(unit?.toSi(value)).toBeCloseTo(si, 3);
    expect(siUnit(` ${name.toUpperCase()} `)?.dimension).toBe(dimension);
  });

  it.each(['', 'kpl/h', '***', '%', 'm', 'toString', '__proto__'])(
    'that Beacon has no quantity for is none: %j',
    (name) => {
      expect(siUnit(name)).toBeUndefined();
    },
  );
});
