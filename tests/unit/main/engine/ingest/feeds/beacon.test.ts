import { describe, expect, it } from 'vitest';
import { beaconMeters } from '../../../../../../main/engine/ingest/feeds/beaconMeters.ts';
import { beaconReports } from '../../../../../../main/engine/ingest/feeds/beaconReports.ts';
import { beaconTraffic } from '../../../../../../main/engine/ingest/feeds/beaconTraffic.ts';
import { beaconUnits } from '../../../../../../main/engine/ingest/feeds/beaconUnits.ts';
import { beaconVehicles } from '../../../../../../main/engine/ingest/feeds/beaconVehicles.ts';
import { beaconZones } from '../../../../../../main/engine/ingest/feeds/beaconZones.ts';
import { NOW_MS as at, stepper } from './stepper.ts';

describe('traffic detectors', () => {
  const send = stepper(beaconTraffic);
  const message = { at, periodS: 20, count: 6, speedMps: 14, occupancy: 0.12 };

  it('turns a count in a period into an hourly flow', () => {
    expect(send('beacon/v1/traffic/D1', message).samples).toEqual({
      flowVph: 1080,
      occupancyRatio: 0.12,
      speedMps: 14,
    });
  });

  it('has no speed where nothing passed, whatever the detector holds', () => {
    expect(send('beacon/v1/traffic/D1', { ...message, count: 0 }).samples).toEqual({
      flowVph: 0,
      occupancyRatio: 0.12,
    });
    expect(send('beacon/v1/traffic/D1', { ...message, speedMps: null }).samples['speedMps']).toBeUndefined();
  });

  it.each([
    ['an error of its own', { status: 'error' }],
    ['occupancy in percent', { occupancy: 12 }],
    ['a speed that no vehicle has', { speedMps: 71 }],
  ])('keeps values with %s as suspect', (_name, part) => {
    expect(Object.values(send('beacon/v1/traffic/D1', { ...message, ...part }).qualities)).toEqual([
      'suspect',
      'suspect',
      'suspect',
    ]);
  });

  it('spreads a block of intervals over its times and leaves gaps out', () => {
    const { values } = send('beacon/v1/traffic/D1/intervals', {
      from: at,
      everyS: 900,
      flowVph: [100, null, 300],
      occupancy: [0.1, 0.2, 0.3],
    });
    expect(
      values.map((value) => value.kind === 'sample' && [value.quantity, value.value, (value.atMs - at) / 1000]),
    ).toEqual([
      ['flowVph', 100, 0],
      ['flowVph', 300, 1800],
      ['occupancyRatio', 0.1, 0],
      ['occupancyRatio', 0.2, 900],
      ['occupancyRatio', 0.3, 1800],
    ]);
  });

  it.each([
    ['badTopic', 'beacon/v1/traffic//intervals', message],
    ['notJson', 'beacon/v1/traffic/D1', '{'],
    ['notJson', 'beacon/v1/traffic/D1', Uint8Array.of(0xff, 0xfe)],
    ['badShape', 'beacon/v1/traffic/D1', { ...message, count: -1 }],
    ['badTime', 'beacon/v1/traffic/D1', { ...message, at: at / 1000 }],
    ['tooLarge', 'beacon/v1/traffic/D1', ' '.repeat(300_000)],
  ])('refuses with %s', (reason, topic, payload) => {
    expect(send(topic, payload).refusal?.reason).toBe(reason);
  });
});

describe('meters', () => {
  const send = stepper(beaconMeters);

  it('reads registers, their quality and the whole state', () => {
    const { values } = send('beacon/v1/meter/E1', {
      at,
      registerKwh: 12_345.6,
      voltageV: 121.3,
      quality: 'estimated',
      flags: ['tamper'],
    });
    expect(values).toMatchObject([
      { kind: 'sample', deviceId: 'E1', quantity: 'registerKwh', value: 12_345.6, quality: 'estimated' },
      { kind: 'sample', deviceId: 'E1', quantity: 'voltageV', value: 121.3 },
      { kind: 'flags', deviceId: 'E1', flags: ['tamper'], isState: true },
    ]);
  });

  it('reads events, which are no state', () => {
    expect(send('beacon/v1/meter/E1/event', { at, event: 'lastGasp' }).values).toEqual([
      { kind: 'flags', deviceId: 'E1', atMs: at, quality: 'good', flags: ['lastGasp'], isState: false },
    ]);
  });

  it('refuses a reading without a number', () => {
    expect(send('beacon/v1/meter/E1', { at }).refusal?.reason).toBe('badShape');
  });
});

describe('zones, units, vehicles and reports', () => {
  it('reads inflow, pressure and the breaker of a zone', () => {
    const send = stepper(beaconZones);
    expect(send('beacon/v1/zone/Z1', { at, inflowM3h: 41.5, pressureKpa: 420 }).samples).toEqual({
      flowM3h: 41.5,
      pressureKpa: 420,
    });
    expect(send('beacon/v1/zone/F1', { at, breaker: 'open' }).values).toMatchObject([
      { flags: ['breakerOpen'], isState: true },
    ]);
  });

  it('reads a unit on its way', () => {
    const send = stepper(beaconUnits);
    const { values } = send('beacon/v1/unit/U1', { at, lon: -93.5, lat: 44.5, status: 'enRoute', incident: 'I-1' });
    expect(values).toMatchObject([{ kind: 'unit', unitId: 'U1', status: 'enRoute', incidentId: 'I-1', lon: -93.5 }]);
  });

  it('reads a vehicle, late when positive', () => {
    const send = stepper(beaconVehicles);
    const { values } = send('beacon/v1/vehicle/bus-7', { at, lon: -93.5, lat: 44.5, delayS: 90, occupancy: 0.4 });
    expect(values).toMatchObject([{ kind: 'vehicle', vehicleId: 'bus-7', delayS: 90, occupancyRatio: 0.4 }]);
  });

  it('reads a report with or without a place', () => {
    const send = stepper(beaconReports);
    expect(
      send('beacon/v1/report/R1', { at, category: 'water', text: 'Water on the road', address: '1 Main St' }).values,
    ).toMatchObject([{ kind: 'report', reportId: 'R1', category: 'water', address: '1 Main St' }]);
  });
});
