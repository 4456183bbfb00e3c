import { describe, expect, it } from 'vitest';
import { MOST_UNPLACED, UnplacedDevices } from '../../../../../main/engine/ingest/UnplacedDevices.ts';
import { addFeedDevices } from '../../../../../main/engine/registry/addFeedDevices.ts';
import { createRegistry } from '../../../../../main/engine/registry/createRegistry.ts';
import type { Sample, UnitReport, VehicleObservation } from '../../../../../shared/base/values.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
const HOUR_MS = 3_600_000;
const county = smallCounty();
const registry = createRegistry(county);
const [meter] = county.meters;
const sample = (deviceId: string): Sample => ({
  kind: 'sample',
  deviceId,
  quantity: 'registerM3',
  atMs: NOW,
  value: 1,
  quality: 'good',
});
const vehicle = (vehicleId: string, routeId: string): VehicleObservation => ({
  kind: 'vehicle',
  vehicleId,
  routeId,
  mode: 'bus',
  atMs: NOW,
  quality: 'good',
});

describe('devices that are in no register', () => {
  it('are admitted up to a bound per feed; registered ones and those of other feeds always are', () => {
    const unplaced = new UnplacedDevices(registry);
    let admitted = 0;
    for (let index = 0; index < 50_000; index++)
      admitted += unplaced.admit([sample(`ert:${index}`)], 'rtlamr', NOW).length;
    expect(admitted).toBe(MOST_UNPLACED);
    expect(unplaced.size).toBe(MOST_UNPLACED);
    // One that has a place goes on.
    expect(unplaced.admit([sample('ert:7')], 'rtlamr', NOW)).toHaveLength(1);
    const mixed = [sample('ert:99999'), sample(meter!.id)];
    expect(unplaced.admit(mixed, 'rtlamr', NOW)).toEqual([mixed[1]]);
    expect(unplaced.admit([sample('wmbus:1')], 'wmbusmeters', NOW)).toHaveLength(1);
  });

  it('give their places to others when they have been silent for an hour', () => {
    const unplaced = new UnplacedDevices(registry);
    for (let index = 0; index < MOST_UNPLACED; index++) unplaced.admit([sample(`ert:${index}`)], 'rtlamr', NOW);
    unplaced.admit([sample('ert:7')], 'rtlamr', NOW + HOUR_MS);
    expect(unplaced.admit([sample('ert:new')], 'rtlamr', NOW + HOUR_MS + 1000)).toHaveLength(1);
    expect(
      unplaced
        .list()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['ert:7', 'ert:new']);
  });

  it('and registered ones that no file gives a place are listed with the reason, and none is refused', () => {
    const devices = [
      { id: 'ert:1', count: { quantity: 'gasM3' as const, perCount: 0.028 } },
      { id: 'ert:2', lon: -93.5, lat: 44.5, commodity: 'water' as const, zoneId: 'F1' },
      { id: 'ert:3', lon: -93.5, lat: 44.5, commodity: 'water' as const, zoneId: 'Z1' },
    ];
    const stations = [
      { id: 7, name: 'Mill Road', lon: -93.5, lat: 44.5 },
      { id: 8, name: 'Main Street', lon: -93.5, lat: 44.5, linkId: 'L1' },
    ];
    const placed = createRegistry(
      addFeedDevices(smallCounty({ feeds: { devices, digitraffic: { stations, sensors: [] } } })),
    );
    const unplaced = new UnplacedDevices(placed);
    const unit = (unitId: string): UnitReport => ({
      kind: 'unit',
      unitId,
      status: 'available',
      atMs: NOW,
      quality: 'good',
    });
    const numbered = (id: string): Sample => ({ ...sample(id), deviceNumber: placed.device(id)!.number });
    const values = [
      ...['ert:1', 'ert:2', 'ert:3', 'tms:7/1', 'tms:8/1'].flatMap((id) => [sample(id), numbered(id), numbered(id)]),
      unit('U1'),
      unit('U9'),
    ];
    expect(unplaced.admit(values, 'feed', NOW)).toEqual(values);
    expect(unplaced.list().map(({ id, reason, values: count }) => `${id} ${String(count)}: ${reason}`)).toEqual([
      'ert:1 3: feeds.json gives it no place, no commodity, no zone',
      'ert:2 3: its zone in feeds.json is not one of its commodity',
      'tms:7/1 3: no road link is known for it: see linkId in feeds.json',
      'U9 1: units.csv does not name it',
    ]);
  });

  it('bound vehicles and the routes that they name, too', () => {
    const unplaced = new UnplacedDevices(registry);
    let admitted = 0;
    for (let index = 0; index < 20_000; index++)
      admitted += unplaced.admit([vehicle('hfp:1', `route ${index}`)], 'hfp', NOW).length;
    expect(admitted).toBeLessThan(MOST_UNPLACED);
    const values = [vehicle('gtfs:1', 'R')];
    expect(unplaced.admit(values, 'gtfs-realtime', NOW)).toBe(values);
  });
});
