import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  countyProfileSchema, detectorRowSchema, feedsRegistrySchema, linkPropertiesSchema, mapFeaturePropertiesSchema, meterRowSchema, unitRowSchema, zonePropertiesSchema,
} from '../../../shared/county/county.ts';
import type { County, FeedsRegistry, Link, MapFeature, Zone } from '../../../shared/county/county.ts';
import { CountyError } from './CountyError.ts';
import { csvTable } from './csvTable.ts';
import { readGtfs } from './readGtfs.ts';

const position = z.tuple([z.number(), z.number()]).rest(z.number()).transform(([lon, lat]): [number, number] => [lon, lat]);
const line = z.array(position).min(2);
const lineString = z.object({ type: z.literal('LineString'), coordinates: line });
const polygon = z.object({ type: z.literal('Polygon'), coordinates: z.array(line).min(1) });
const point = z.object({ type: z.literal('Point'), coordinates: position });
const features = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.object({ geometry: z.unknown(), properties: z.unknown() })) });
const mapGeometry = z.union([
  point.transform(({ coordinates }) => ({ rings: [], point: coordinates })),
  lineString.transform(({ coordinates }) => ({ rings: [coordinates] })),
  polygon.transform(({ coordinates }) => ({ rings: coordinates })),
]);

/** The first thing that is wrong, in words: where, and what. */
function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'it is not as expected' : `${issue.path.length > 0 ? `"${issue.path.join('.')}": ` : ''}${issue.message}`;
}

/** Checks a part of a file; `place` tells which part. */
function check<T extends z.ZodType>(schema: T, value: unknown, file: string, place: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new CountyError(`${file} is broken${place === '' ? '' : ` at ${place}`}: ${firstIssue(parsed.error)}. Mend the file and start again.`);
  return parsed.data;
}

async function text(dir: string, name: string): Promise<string> {
  try {
    return await readFile(join(dir, name), 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CountyError(`${join(dir, name)} ${isMissing ? 'is missing: the county folder is not complete' : 'cannot be read'}. Give the right folder with --county DIR.`, { cause: error });
  }
}

async function json<T extends z.ZodType>(dir: string, name: string, schema: T): Promise<z.output<T>> {
  const file = join(dir, name);
  let value: unknown;
  try {
    value = JSON.parse(await text(dir, name));
  } catch (error) {
    if (error instanceof CountyError) throw error;
    throw new CountyError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}. Mend the file and start again.`, { cause: error });
  }
  return check(schema, value, file, '');
}

async function rows<T extends z.ZodType>(dir: string, name: string, schema: T): Promise<z.output<T>[]> {
  const file = join(dir, name);
  const content = await text(dir, name);
  let records: Record<string, string>[];
  try {
    records = csvTable(content);
  } catch (error) {
    throw new CountyError(`${file} is not a CSV table: ${error instanceof Error ? error.message : String(error)}. Mend the file and start again.`, { cause: error });
  }
  // Line 1 is the header.
  return records.map((record, index) => check(schema, record, file, `line ${String(index + 2)}`));
}

async function links(dir: string): Promise<Link[]> {
  const { features: list } = await json(dir, 'network.geojson', features);
  const file = join(dir, 'network.geojson');
  return list.map(({ geometry, properties }, index) => {
    const place = `feature ${String(index + 1)}`;
    return { ...check(linkPropertiesSchema, properties, file, place), path: check(lineString, geometry, file, place).coordinates };
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

async function map(dir: string): Promise<MapFeature[]> {
  const { features: list } = await json(dir, 'map.geojson', features);
  const file = join(dir, 'map.geojson');
  return list.map(({ geometry, properties }, index) => {
    const place = `feature ${String(index + 1)}`;
    return { ...check(mapFeaturePropertiesSchema, properties, file, place), ...check(mapGeometry, geometry, file, place) };
  });
}

function unique(ids: Iterable<string>, file: string): Set<string> {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new CountyError(`${file} has the id ${id} twice. Ids must be unique; mend the file and start again.`);
    seen.add(id);
  }
  return seen;
}

/** Every reference must lead somewhere. */
function crossCheck(county: County, dir: string): County {
  const idsOf = (name: string, things: readonly { id: string }[]): Set<string> => unique(things.map(({ id }) => id), join(dir, name));
  const linkIds = idsOf('network.geojson', county.links);
  const zoneIds = idsOf('zones.geojson', county.zones);
  idsOf('detectors.csv', county.detectors);
  idsOf('meters.csv', county.meters);
  idsOf('units.csv', county.units);
  for (const { id, linkId } of county.detectors) {
    if (!linkIds.has(linkId)) throw new CountyError(`${join(dir, 'detectors.csv')}: detector ${id} lies on link ${linkId}, which network.geojson does not have. Mend one of the two.`);
  }
  for (const { id, zoneId } of county.meters) {
    if (!zoneIds.has(zoneId)) throw new CountyError(`${join(dir, 'meters.csv')}: meter ${id} is in zone ${zoneId}, which zones.geojson does not have. Mend one of the two.`);
  }
  return county;
}

/** Reads a county's folder (see shared/county/county.ts). Throws a CountyError where a file is missing, broken, or refers to what is not there. */
export async function loadCounty(dir: string): Promise<County> {
  if (!existsSync(dir)) throw new CountyError(`The county folder ${dir} does not exist. Give the right one with --county DIR.`);
  const feeds: FeedsRegistry = existsSync(join(dir, 'feeds.json')) ? await json(dir, 'feeds.json', feedsRegistrySchema) : {};
  const timetable = await readGtfs(dir);
  const county: County = {
    profile: await json(dir, 'county.json', countyProfileSchema),
    map: await map(dir),
    links: await links(dir),
    zones: await zones(dir),
    detectors: await rows(dir, 'detectors.csv', detectorRowSchema),
    meters: await rows(dir, 'meters.csv', meterRowSchema),
    units: await rows(dir, 'units.csv', unitRowSchema),
    feeds,
    ...(timetable !== undefined && { timetable }),
  };
  return crossCheck(county, dir);
}
