import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CountyError } from '../../../../../main/engine/registry/CountyError.ts';
import { createRegistry } from '../../../../../main/engine/registry/createRegistry.ts';
import { loadCounty } from '../../../../../main/engine/registry/loadCounty.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const { profile } = smallCounty();
const feature = (geometry: object, properties: object): object => ({ type: 'Feature', geometry, properties });
const collection = (...features: object[]): string => JSON.stringify({ type: 'FeatureCollection', features });
const line = (id: string, properties: object = {}): object =>
  feature(
    {
      type: 'LineString',
      coordinates: [
        [-93.5, 44.5],
        [-93.49, 44.5],
      ],
    },
    {
      id,
      name: 'Main Street',
      roadClass: 'arterial',
      fromNode: 'N1',
      toNode: 'N2',
      lengthM: 500,
      freeFlowMps: 15,
      lanes: 1,
      capacityVph: 900,
      ...properties,
    },
  );
const ring = [
  [-93.6, 44.4],
  [-93.4, 44.4],
  [-93.4, 44.6],
  [-93.6, 44.4],
];
const zone = (id: string, kind: string): object =>
  feature({ type: 'Polygon', coordinates: [ring] }, { id, kind, name: id, meterCount: 1 });

const good = {
  'county.json': JSON.stringify(profile),
  'map.geojson': collection(
    feature({ type: 'Point', coordinates: [-93.5, 44.5] }, { kind: 'place', name: 'Smallville', rank: 3 }),
    feature({ type: 'MultiPolygon', coordinates: [[ring], [ring]] }, { kind: 'water', name: 'Twin Lakes' }),
  ),
  'network.geojson': collection(line('L1')),
  'zones.geojson': collection(zone('Z1', 'dma'), zone('F1', 'feeder')),
  'detectors.csv': '\uFEFFid,linkId,lon,lat,lanes,periodS,name\nD1,L1,-93.5,44.5,1,20,"Main, north"\n',
  'meters.csv':
    'id,commodity,lon,lat,zoneId,transformerId,premiseId,customerClass,address\nW1,water,-93.5,44.5,Z1,,P1,singleFamily,1 Main St\nE1,electricity,-93.5,44.5,F1,X1,P1,commercial,\n',
  'units.csv': 'id,kind,name,baseLon,baseLat\nU1,police,Unit 1,-93.5,44.5\n',
  'feeds.json': JSON.stringify({
    digitraffic: {
      stations: [{ id: 1001, name: 'Station', lon: -93.5, lat: 44.5, linkId: 'L1' }],
      sensors: [{ id: 7, name: 'X', unit: 'km/h' }],
    },
    devices: [{ id: 'ert:1', lon: -93.5, lat: 44.5, zoneId: 'Z1' }],
  }),
};

function folder(parts: Partial<Record<keyof typeof good, string | undefined>> = {}): string {
  const dir = temporaryFolder();
  for (const [name, text] of Object.entries({ ...good, ...parts }))
    if (text !== undefined) writeFileSync(join(dir, name), text);
  return dir;
}

describe('the county folder', () => {
  it('is read whole', async () => {
    const county = await loadCounty(folder());
    expect(county.profile).toEqual(profile);
    expect(county.detectors).toEqual([
      { id: 'D1', linkId: 'L1', lon: -93.5, lat: 44.5, lanes: 1, periodS: 20, name: 'Main, north' },
      { id: 'tms:1001/1', linkId: 'L1', lon: -93.5, lat: 44.5, lanes: 1, periodS: 300, name: 'Station' },
    ]);
    expect(county.meters.map(({ id, transformerId }) => [id, transformerId])).toEqual([
      ['W1', undefined],
      ['E1', 'X1'],
    ]);
    expect(county.map.map(({ kind, rings, point }) => [kind, rings.length, point])).toEqual([
      ['place', 0, [-93.5, 44.5]],
      ['water', 1, undefined],
      ['water', 1, undefined],
    ]);
    expect(county.zones[0]?.center).toEqual([-93.5, 44.5]);
    expect(county.timetable).toBeUndefined();
  });

  it("is indexed by id, with the stations' directions", async () => {
    const links = collection(
      line('L1'),
      line('L2', { fromNode: 'N2', toNode: 'N1' }),
      line('L3', { fromNode: 'N2', toNode: 'N1', name: 'Ramp' }),
    );
    const registry = createRegistry(await loadCounty(folder({ 'network.geojson': links })));
    expect(registry.device('W1')).toMatchObject({ kind: 'meter', commodity: 'water', zoneId: 'Z1', name: '1 Main St' });
    expect(registry.device('tms:1001/1')).toMatchObject({ kind: 'station', linkId: 'L1' });
    expect(registry.device('tms:1001/2')).toMatchObject({ kind: 'station', linkId: 'L2' });
    expect(registry.device('ert:1')).toMatchObject({ kind: 'other', zoneId: 'Z1' });
    expect(registry.digitrafficSensor(7)).toMatchObject({ unit: 'km/h' });
    expect(registry.device('nobody')).toBeUndefined();
  });

  it('may say which operating positions there are', async () => {
    expect(await loadCounty(folder())).not.toHaveProperty('positions');
    const dir = folder();
    writeFileSync(join(dir, 'positions.json'), JSON.stringify([{ id: 'all', name: 'Everything', domains: ['water'] }]));
    expect((await loadCounty(dir)).positions).toEqual([{ id: 'all', name: 'Everything', domains: ['water'] }]);
    const twice = [
      { id: 'a', name: 'A', domains: ['water'] },
      { id: 'b', name: 'B', domains: ['water'] },
    ];
    writeFileSync(join(dir, 'positions.json'), JSON.stringify(twice));
    await expect(loadCounty(dir)).rejects.toThrow(/positions\.json:1:1: .*must belong to one position only/);
  });

  it('may be without feeds.json', async () => {
    expect((await loadCounty(folder({ 'feeds.json': undefined }))).feeds).toEqual({});
  });

  it.each([
    ['county.json', undefined, /county\.json: The file is missing/],
    ['county.json', '{', /county\.json:1:2: This is not JSON/],
    ['county.json', JSON.stringify({ ...profile, timeZone: 'Mars/Base' }), /`timeZone` is "Mars\/Base"/],
    [
      'detectors.csv',
      'id,linkId\n"D1,L1\n',
      /detectors\.csv:1: The header has no column `lon`\..* 4 more: npm run county -- check/,
    ],
  ] as const)('with a bad %s is refused in one sentence', async (name, text, words) => {
    const dir = folder({ [name]: text });
    const error: unknown = await loadCounty(dir).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CountyError);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).toContain(dir);
    expect((error as Error).message).not.toContain('\n');
  });

  it('that does not exist is refused', async () => {
    const dir = folder();
    rmSync(dir, { recursive: true });
    await expect(loadCounty(dir)).rejects.toThrow(/does not exist\. Give the right one with --county DIR/);
  });
});
