import { Plane, type Point } from '../geometry/plane.ts';
import { Random } from '../random/Random.ts';
import type { Link, Unit } from '../../shared/county/county.ts';
import { formatShift } from '../../shared/county/shift.ts';
import { csvTable } from './csvTable.ts';
import { type Land, makeLand } from './makeLand.ts';
import { makeLinks } from './makeLinks.ts';
import { makePremises } from './makePremises.ts';
import { makeUtilities, type PlannedZone, type Utilities } from './makeUtilities.ts';
import { outlineOf, placeRank } from './places.ts';
import { countyPages } from './pages/countyPages.ts';
import { placeDetectors, type PlannedDetector } from './placeDetectors.ts';
import { placeUnits } from './placeUnits.ts';
import { sizesOf } from './sizes.ts';
import { gtfsFiles } from './transit/gtfsFiles.ts';
import { planLines } from './transit/planLines.ts';
import { planPatterns } from './transit/planPatterns.ts';
import { valuesFile } from './valuesFile.ts';
import { planTrips } from './transit/planTrips.ts';

const CENTER: readonly [lon: number, lat: number] = [-93.27, 44.06];
const COUNTY_NAME = 'Alder County';
/** Letters and digits that cannot be mistaken for each other. */
const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 10;
const TIME_ZONE = 'America/Chicago';

/**
 * Generates the files of an invented county, by name; the same seed and scale give the same bytes. Scale 1 is a county
 * of 50,000 people.
 */
export function generateCounty(seed: number, scale: number): Map<string, string> {
  const sizes = sizesOf(scale);
  const random = new Random(seed ^ 0x51ab);
  const plane = new Plane(CENTER);
  const land = makeLand(sizes, seed);
  const links = makeLinks(land, plane);
  const utilities = makeUtilities(land, makePremises(land, random.fork(1)), random.fork(2));
  const detectors = placeDetectors(links, plane, sizes.detectors, random.fork(3));
  const patterns = planPatterns(planLines(land, links, plane), links, plane);
  return new Map([
    ['county.json', profileFile(land, plane, seed, scale)],
    ['map.geojson', mapFile(land, plane)],
    ['network.geojson', networkFile(links)],
    ['zones.geojson', zonesFile(utilities.zones, plane)],
    ['detectors.csv', detectorsFile(detectors)],
    ['meters.csv', metersFile(utilities, plane)],
    ['accounts.csv', accountsFile(utilities, random.fork(5))],
    ['units.csv', unitsFile(placeUnits(land, plane, random.fork(4)))],
    ['feeds.json', '{}\n'],
    ...countyPages(),
    ['values.json', valuesFile()],
    ...gtfsFiles(
      { name: 'Alder County Transit', timeZone: TIME_ZONE },
      patterns,
      planTrips(patterns, sizes.service),
      plane,
    ),
  ]);
}

function profileFile({ sizes }: Land, plane: Plane, seed: number, scale: number): string {
  const corner = (sign: number): [number, number] =>
    plane.toLonLat([sign * sizes.halfWidthM, sign * sizes.halfHeightM]);
  const profile = {
    id: `alder-${seed}-${scale}`,
    name: COUNTY_NAME,
    timeZone: TIME_ZONE,
    displayUnits: 'us',
    population: sizes.population,
    bounds: [...corner(-1), ...corner(1)],
    center: CENTER,
    nominalVoltageV: 120,
    simulated: true,
  };
  return `${JSON.stringify(profile, undefined, 2)}\n`;
}

type Feature = { type: 'Feature'; properties: object; geometry: { type: string; coordinates: unknown } };

/** Writes one feature per line, so that the file is readable and a diff shows where a change is. */
const featureCollection = (features: readonly Feature[]): string =>
  `{"type":"FeatureCollection","features":[\n${features.map((feature) => JSON.stringify(feature)).join(',\n')}\n]}\n`;

const polygon = (properties: object, ring: readonly Point[], plane: Plane): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: [ring.map(plane.toLonLat)] },
});

function mapFile(land: Land, plane: Plane): string {
  const { terrain, places, towns } = land;
  return featureCollection([
    polygon({ kind: 'boundary', name: COUNTY_NAME }, terrain.boundary, plane),
    ...terrain.woods.map((ring) => polygon({ kind: 'wood' }, ring, plane)),
    ...places.map((place) => polygon({ kind: 'builtUp', name: place.name }, outlineOf(place, 55), plane)),
    ...towns.flatMap(({ parks }) => parks.map((ring) => polygon({ kind: 'park' }, ring, plane))),
    ...terrain.waters.map(({ kind, name, ring }) => polygon({ kind, name }, ring, plane)),
    ...places.map((place): Feature => ({
      type: 'Feature',
      properties: { kind: 'place', name: place.name, rank: placeRank[place.kind] },
      geometry: { type: 'Point', coordinates: plane.toLonLat(place.center) },
    })),
  ]);
}

const networkFile = (links: readonly Link[]): string =>
  featureCollection(
    links.map(({ path, ...properties }) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'LineString', coordinates: path },
    })),
  );

const zonesFile = (zones: readonly PlannedZone[], plane: Plane): string =>
  featureCollection(
    zones.map(({ id, kind, name, meterCount, outline }) => polygon({ id, kind, name, meterCount }, outline, plane)),
  );

const detectorsFile = (detectors: readonly PlannedDetector[]): string =>
  csvTable(detectors, {
    id: (row) => row.id,
    linkId: (row) => row.link.id,
    lon: (row) => row.lon,
    lat: (row) => row.lat,
    lanes: (row) => row.link.lanes,
    periodS: (row) => row.periodS,
    name: (row) => row.name,
  });

const unitsFile = (units: readonly Unit[]): string =>
  csvTable(units, {
    id: (unit) => unit.id,
    kind: (unit) => unit.kind,
    name: (unit) => unit.name,
    baseLon: (unit) => unit.baseLon,
    baseLat: (unit) => unit.baseLat,
    base: (unit) => unit.base,
    capabilities: (unit) => unit.capabilities?.join(' '),
    shift: ({ shift }) => shift && formatShift(shift),
  });

/** An account per premise, with a code as it stands on a bill. */
function accountsFile({ meters }: Utilities, random: Random): string {
  const rows = [...Map.groupBy(meters, ({ premise }) => premise.id)].map(([, own], at) => ({
    id: String(10_000_000 + at),
    meters: own.map(({ id }) => id).join(' '),
    customerClass: own[0]?.customerClass,
    code: Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[random.integer(0, CODE_LETTERS.length - 1)]).join(''),
  }));
  return csvTable(rows, {
    id: (row) => row.id,
    meters: (row) => row.meters,
    customerClass: (row) => row.customerClass,
    code: (row) => row.code,
  });
}

function metersFile({ meters }: Utilities, plane: Plane): string {
  const placed = meters.map((meter) => ({ ...meter, position: plane.toLonLat(meter.at) }));
  return csvTable(placed, {
    id: (row) => row.id,
    commodity: (row) => row.commodity,
    lon: (row) => row.position[0],
    lat: (row) => row.position[1],
    zoneId: (row) => row.zoneId,
    transformerId: (row) => row.transformerId,
    premiseId: (row) => row.premise.id,
    customerClass: (row) => row.customerClass,
    address: (row) => row.premise.address,
  });
}
