import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  countyProfileSchema,
  detectorRowSchema,
  feedsRegistrySchema,
  linkPropertiesSchema,
  mapFeaturePropertiesSchema,
  meterRowSchema,
  unitRowSchema,
  zonePropertiesSchema,
} from '../../../shared/county/county.ts';
import { positionsSchema } from '../../../shared/alarms/positions.ts';
import type { County, CountyProfile, FeedsRegistry, Link, MapFeature, Zone } from '../../../shared/county/county.ts';
import { isQuantity, quantities } from '../../../shared/base/quantities.ts';
import { addFeedDevices } from './addFeedDevices.ts';
import { CountyError } from './CountyError.ts';
import { csvTable } from './csvTable.ts';
import { readGtfs } from './gtfs/readGtfs.ts';
import { isTimeZone } from './serviceTime.ts';

const position = z
  .tuple([z.number(), z.number()])
  .rest(z.number())
  .transform(([lon, lat]): [number, number] => [lon, lat]);
const line = z.array(position).min(2);
const lineString = z.object({ type: z.literal('LineString'), coordinates: line });
const polygon = z.object({ type: z.literal('Polygon'), coordinates: z.array(line).min(1) });
const point = z.object({ type: z.literal('Point'), coordinates: position });
const features = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({ geometry: z.unknown(), properties: z.unknown() })),
});
const mapGeometry = z.union([
  point.transform(({ coordinates }) => ({ rings: [], point: coordinates })),
  lineString.transform(({ coordinates }) => ({ rings: [coordinates] })),
  polygon.transform(({ coordinates }) => ({ rings: coordinates })),
]);

/** The first error, in words: where it is and what is wrong. */
function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined
    ? 'it is not as expected'
    : `${issue.path.length > 0 ? `"${issue.path.join('.')}": ` : ''}${issue.message}`;
}

/** Checks a part of a file; `place` names the part. */
function check<T extends z.ZodType>(schema: T, value: unknown, file: string, place: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new CountyError(
      `${file} is broken${place === '' ? '' : ` at ${place}`}: ${firstIssue(parsed.error)}. Mend the file and start again.`,
    );
  return parsed.data;
}

async function text(dir: string, name: string): Promise<string> {
  try {
    return await readFile(join(dir, name), 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CountyError(
      `${join(dir, name)} ${isMissing ? 'is missing: the county folder is not complete' : 'cannot be read'}. Give the right folder with --county DIR.`,
      { cause: error },
    );
  }
}

async function json<T extends z.ZodType>(dir: string, name: string, schema: T): Promise<z.output<T>> {
  const file = join(dir, name);
  let value: unknown;
  try {
    value = JSON.parse(await text(dir, name));
  } catch (error) {
    if (error instanceof CountyError) throw error;
    throw new CountyError(
      `${file} is not JSON: ${error instanceof Error ? error.message : String(error)}. Mend the file and start again.`,
      { cause: error },
    );
  }
  return check(schema, value, file, '');
}

async function rows<T extends z.ZodType>(dir: string, name: string, schema: T): Promise<z.output<T>[]> {
  const file = join(dir, name);
  const content = await text(dir, name);
  try {
    return csvTable(content, (row, at) => check(schema, row, file, `line ${String(at)}`));
  } catch (error) {
    if (error instanceof CountyError) throw error;
    throw new CountyError(
      `${file} is not a CSV table: ${error instanceof Error ? error.message : String(error)}. Mend the file and start again.`,
      { cause: error },
    );
  }
}

async function links(dir: string): Promise<Link[]> {
  const { features: list } = await json(dir, 'network.geojson', features);
  const file = join(dir, 'network.geojson');
  return list.map(({ geometry, properties }, index) => {
    const place = `feature ${String(index + 1)}`;
    return {
      ...check(linkPropertiesSchema, properties, file, place),
      path: check(lineString, geometry, file, place).coordinates,
    };
  });
}

/** The middle of a ring's bounds: good enough to hold a label. */
function middle(ring: readonly [number, number][]): [number, number] {
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
}

async function zones(dir: string): Promise<Zone[]> {
  const { features: list } = await json(dir, 'zones.geojson', features);
  const file = join(dir, 'zones.geojson');
  return list.map(({ geometry, properties }, index) => {
    const place = `feature ${String(index + 1)}`;
    const [outline = []] = check(polygon, geometry, file, place).coordinates;
    return { ...check(zonePropertiesSchema, properties, file, place), outline, center: middle(outline) };
  });
}

const multiGeometry = z.object({
  type: z.enum(['MultiPolygon', 'MultiLineString', 'MultiPoint']),
  coordinates: z.array(z.unknown()),
});

/** A geometry of several parts as that many geometries: a lake with two basins is two shapes, not one with a hole. */
function partsOf(geometry: unknown): unknown[] {
  const multi = multiGeometry.safeParse(geometry);
  return multi.success
    ? multi.data.coordinates.map((coordinates) => ({ type: multi.data.type.slice('Multi'.length), coordinates }))
    : [geometry];
}

async function map(dir: string): Promise<MapFeature[]> {
  const { features: list } = await json(dir, 'map.geojson', features);
  const file = join(dir, 'map.geojson');
  return list.flatMap(({ geometry, properties }, index) => {
    const place = `feature ${String(index + 1)}`;
    const about = check(mapFeaturePropertiesSchema, properties, file, place);
    return partsOf(geometry).map((part) => ({ ...about, ...check(mapGeometry, part, file, place) }));
  });
}

function unique(things: readonly { id: string }[], file: string): Set<string> {
  const seen = new Set<string>();
  for (const { id } of things) {
    if (seen.has(id))
      throw new CountyError(`${file} has the id ${id} twice: ids must be unique. Mend the file and start again.`);
    seen.add(id);
  }
  return seen;
}

const mustHave = (isThere: boolean, file: string, what: string): void => {
  if (!isThere) throw new CountyError(`${file}: ${what}. Mend one of the two and start again.`);
};

/** Messages name detectors, meters and zones by their bare ids, so no two of them may share one. */
function checkDeviceIds({ detectors, meters, zones: zoneList }: County, dir: string): void {
  const owner = new Map<string, string>();
  for (const [name, things] of [
    ['detectors.csv', detectors],
    ['meters.csv', meters],
    ['zones.geojson', zoneList],
  ] as const) {
    for (const id of unique(things, join(dir, name))) {
      const other = owner.get(id);
      mustHave(
        other === undefined,
        join(dir, name),
        `the id ${id} is in ${other ?? ''} too, and detectors, meters and zones must not share ids`,
      );
      owner.set(id, name);
    }
  }
}

function checkMeters({ meters, zones: zoneList }: County, file: string): void {
  const zoneOf = new Map(zoneList.map((zone) => [zone.id, zone]));
  for (const { id, zoneId, commodity } of meters) {
    const kind = zoneOf.get(zoneId)?.kind;
    mustHave(kind !== undefined, file, `meter ${id} is in zone ${zoneId}, which zones.geojson does not have`);
    mustHave(
      kind === (commodity === 'water' ? 'dma' : 'feeder'),
      file,
      `meter ${id} measures ${commodity}, but its zone ${zoneId} is a ${kind ?? ''}`,
    );
  }
}

function checkFeeds({ feeds, links: linkList, zones: zoneList }: County, file: string): void {
  const linkIds = new Set(linkList.map(({ id }) => id));
  const zoneIds = new Set(zoneList.map(({ id }) => id));
  for (const { id, linkId } of feeds.digitraffic?.stations ?? []) {
    mustHave(
      linkId === undefined || linkIds.has(linkId),
      file,
      `station ${String(id)} lies on link ${linkId ?? ''}, which network.geojson does not have`,
    );
  }
  for (const { id, zoneId } of feeds.devices ?? []) {
    mustHave(
      zoneId === undefined || zoneIds.has(zoneId),
      file,
      `device ${id} is in zone ${zoneId ?? ''}, which zones.geojson does not have`,
    );
  }
  for (const { metric, quantity } of feeds.sparkplug ?? []) {
    if (!isQuantity(quantity))
      throw new CountyError(
        `${file}: the metric ${metric} has the quantity ${quantity}, which is none of ${Object.keys(quantities).join(', ')}.`,
      );
  }
}

/** Checks that everything that is referred to exists. */
function crossCheck(county: County, dir: string): County {
  const linkIds = unique(county.links, join(dir, 'network.geojson'));
  unique(county.units, join(dir, 'units.csv'));
  checkDeviceIds(county, dir);
  for (const { id, linkId } of county.detectors) {
    mustHave(
      linkIds.has(linkId),
      join(dir, 'detectors.csv'),
      `detector ${id} lies on link ${linkId}, which network.geojson does not have`,
    );
  }
  checkMeters(county, join(dir, 'meters.csv'));
  checkFeeds(county, join(dir, 'feeds.json'));
  return county;
}

async function profile(dir: string): Promise<CountyProfile> {
  const read = await json(dir, 'county.json', countyProfileSchema);
  if (!isTimeZone(read.timeZone)) {
    throw new CountyError(
      `${join(dir, 'county.json')} has the time zone ${read.timeZone}, which is none of the IANA list. Write one such as America/Chicago.`,
    );
  }
  return read;
}

async function positions(dir: string): Promise<Pick<County, 'positions'>> {
  return existsSync(join(dir, 'positions.json'))
    ? { positions: await json(dir, 'positions.json', positionsSchema) }
    : {};
}

/**
 * Reads a county's folder (see shared/county/county.ts). Throws a CountyError where a file is missing, is broken, or
 * refers to something that does not exist.
 */
export async function loadCounty(dir: string): Promise<County> {
  if (!existsSync(dir))
    throw new CountyError(`The county folder ${dir} does not exist. Give the right one with --county DIR.`);
  const feeds: FeedsRegistry = existsSync(join(dir, 'feeds.json'))
    ? await json(dir, 'feeds.json', feedsRegistrySchema)
    : {};
  const about = await profile(dir);
  const { timetable, faults } = await readGtfs(dir, about.timeZone);
  const county: County = {
    profile: about,
    map: await map(dir),
    links: await links(dir),
    zones: await zones(dir),
    detectors: await rows(dir, 'detectors.csv', detectorRowSchema),
    meters: await rows(dir, 'meters.csv', meterRowSchema),
    units: await rows(dir, 'units.csv', unitRowSchema),
    feeds,
    ...(await positions(dir)),
    ...(timetable !== undefined && { timetable }),
    ...(faults.length > 0 && { timetableFaults: faults }),
  };
  return addFeedDevices(crossCheck(county, dir));
}

/** Reads only the parts of a county that a report needs. Throws a CountyError. */
export async function loadCountyMap(dir: string): Promise<Pick<County, 'profile' | 'map' | 'links' | 'positions'>> {
  return { profile: await profile(dir), map: await map(dir), links: await links(dir), ...(await positions(dir)) };
}
