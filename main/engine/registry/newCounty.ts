import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const collection = (...features: object[]): string =>
  `${JSON.stringify({ type: 'FeatureCollection', features }, null, 2)}\n`;
const feature = (type: string, coordinates: unknown, properties: object): object => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
});

const [west, south, east, north] = [-93.6, 44.4, -93.4, 44.6] as const;
const outline = [
  [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ],
];

const profile = {
  '//1': 'The profile of the county. docs/county.md explains every field; keys that begin with // are remarks.',
  '//2': 'The id stays the same for ever: a data folder belongs to the county with this id.',
  id: 'my-county',
  name: 'My County',
  timeZone: 'America/Chicago',
  displayUnits: 'us',
  population: 50_000,
  '//3': 'West, south, east, north in degrees; the centre is longitude first, then latitude.',
  bounds: [west, south, east, north],
  center: [-93.5, 44.5],
  nominalVoltageV: 120,
  '//4': 'true would mark every screen as a simulation.',
  simulated: false,
};

const link = (
  id: string,
  from: readonly [number, number],
  to: readonly [number, number],
  ends: readonly [string, string],
): object =>
  feature('LineString', [from, to], {
    id,
    name: 'Main Street',
    roadClass: 'arterial',
    fromNode: ends[0],
    toNode: ends[1],
    lengthM: 793,
    freeFlowMps: 13.4,
    lanes: 1,
    capacityVph: 1800,
  });
const [here, there] = [
  [-93.5, 44.5],
  [-93.49, 44.5],
] as const;

/** The files of the smallest county that has one of everything, with remarks, by name. */
const files: Readonly<Record<string, string>> = {
  'README.txt': `The files of a county for Beacon. docs/county.md explains every field.

  county.json      what the county is called and where it lies
  map.geojson      water, woods, built-up areas, boundary, places: export it from a GIS as WGS84 (EPSG:4326)
  network.geojson  road links, one line per direction
  zones.geojson    water zones (kind dma) and feeders of electricity (kind feeder)
  detectors.csv    traffic detectors and the links on which they lie
  meters.csv       meters and the zones to which they belong
  units.csv        police, fire engines, ambulances, crews

Replace what is in them by what is yours, look for faults, and start:

  npm run county -- check DIR
  npm start -- --county DIR --broker mqtt://your-broker:1883
`,
  'county.json': `${JSON.stringify(profile, null, 2)}\n`,
  'map.geojson': collection(
    feature('Polygon', outline, { kind: 'boundary', name: 'My County' }),
    feature('Point', here, { kind: 'place', name: 'County Seat', rank: 3 }),
  ),
  'network.geojson': collection(link('L1', here, there, ['N1', 'N2']), link('L2', there, here, ['N2', 'N1'])),
  'zones.geojson': collection(
    feature('Polygon', outline, { id: 'DMA-1', kind: 'dma', name: 'Town water', meterCount: 1 }),
    feature('Polygon', outline, { id: 'F-1', kind: 'feeder', name: 'Town feeder', meterCount: 1 }),
  ),
  'detectors.csv': `# One row per traffic detector. The id is that of the topic beacon/v1/traffic/<id>.
id,linkId,lon,lat,lanes,periodS,name
D1,L1,-93.495,44.5,1,60,"Main Street, eastbound"
`,
  'meters.csv': `# One row per meter. The id is that of the topic beacon/v1/meter/<id>; the zone of water is a dma, that of electricity a feeder.
id,commodity,lon,lat,zoneId,transformerId,premiseId,customerClass,address
W1,water,-93.5,44.501,DMA-1,,P1,singleFamily,1 Main Street
E1,electricity,-93.5,44.501,F-1,T1,P1,singleFamily,1 Main Street
`,
  'units.csv': `# One row per response unit. The id is that of the topic beacon/v1/unit/<id>; an empty shift is around the clock.
id,kind,name,baseLon,baseLat,base,capabilities,shift
P1,police,Police 1,-93.5,44.5,Town hall,,06:00-18:00
E1-fire,fire,Engine 1,-93.5,44.502,Fire station,fireFighting rescue firstAid,
`,
};

/** Writes the smallest county into a new folder. Returns the names of its files. */
export function writeNewCounty(dir: string): string[] {
  mkdirSync(dir, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return Object.keys(files);
}
