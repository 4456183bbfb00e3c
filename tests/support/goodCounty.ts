import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { smallCounty } from './smallCounty.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const { profile } = smallCounty();
export const goodProfile = { ...profile, simulated: false };
export const feature = (geometry: object | null, properties: object): object => ({
  type: 'Feature',
  geometry,
  properties,
});
export const collection = (...features: object[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features }, null, 1);

export const link = (id: string, properties: object = {}, geometry: object = {}): object =>
  feature(
    {
      type: 'LineString',
      coordinates: [
        [-93.5, 44.5],
        [-93.49, 44.5],
      ],
      ...geometry,
    },
    {
      id,
      name: 'Main Street',
      roadClass: 'arterial',
      fromNode: 'N1',
      toNode: 'N2',
      lengthM: 790,
      freeFlowMps: 15,
      lanes: 1,
      capacityVph: 900,
      ...properties,
    },
  );

export const ring = [
  [-93.6, 44.4],
  [-93.4, 44.4],
  [-93.4, 44.6],
  [-93.6, 44.4],
];
export const zone = (id: string, kind: string, properties: object = {}, geometry: object = {}): object =>
  feature({ type: 'Polygon', coordinates: [ring], ...geometry }, { id, kind, name: id, meterCount: 5, ...properties });

/** The files of a county in which nothing is wrong, by name. */
export const goodCounty: Readonly<Record<string, string>> = {
  'county.json': JSON.stringify(goodProfile, null, 1),
  'map.geojson': collection(
    feature({ type: 'Point', coordinates: [-93.5, 44.5] }, { kind: 'place', name: 'Smallville', rank: 3 }),
  ),
  'network.geojson': collection(link('L1')),
  'zones.geojson': collection(zone('Z1', 'dma'), zone('F1', 'feeder')),
  'detectors.csv': 'id,linkId,lon,lat,lanes,periodS,name\nD1,L1,-93.5,44.5,1,20,"Main, north"\n',
  'meters.csv':
    'id,commodity,lon,lat,zoneId,transformerId,premiseId,customerClass,address\nW1,water,-93.5,44.5,Z1,,P1,singleFamily,1 Main St\nE1,electricity,-93.5,44.5,F1,X1,P1,commercial,\n',
  'units.csv': 'id,kind,name,baseLon,baseLat\nU1,police,Unit 1,-93.5,44.5\n',
};

export const goodGtfs: Readonly<Record<string, string>> = {
  'gtfs/agency.txt': 'agency_name,agency_timezone\nBus,America/Chicago\n',
  'gtfs/routes.txt': 'route_id,route_short_name,route_type\nR1,1,3\n',
  'gtfs/trips.txt': 'route_id,service_id,trip_id\nR1,W,T1\n',
  'gtfs/stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\nS1,A,44.5,-93.5\nS2,B,44.51,-93.5\n',
  'gtfs/stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT1,08:00:00,08:00:00,S1,1\nT1,08:10:00,08:10:00,S2,2\n',
  'gtfs/calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nW,1,1,1,1,1,1,1,20260101,20261231\n',
};

/** Writes a county of good files into a new folder, some of them replaced, or left out where undefined. */
export function countyFolder(parts: Readonly<Record<string, string | Uint8Array | undefined>> = {}): string {
  const dir = temporaryFolder();
  for (const [name, content] of Object.entries({ ...goodCounty, ...parts })) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return dir;
}
