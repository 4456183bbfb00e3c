import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import {
  type CountyProfile,
  countyProfileSchema,
  type Detector,
  detectorRowSchema,
  type Link,
  linkPropertiesSchema,
  type Meter,
  meterRowSchema,
  type Unit,
  unitRowSchema,
  zonePropertiesSchema,
} from '../../shared/county/county.ts';
import { Plane } from '../geometry/plane.ts';
import { LocalTime } from './LocalTime.ts';
import { readTimetable, type SimTimetable } from './readTimetable.ts';

export type SimZone = z.infer<typeof zonePropertiesSchema> & { center: [number, number] };

/** The county as its devices know it. Devices are identified by their index in these lists. */
export type World = {
  profile: CountyProfile;
  time: LocalTime;
  plane: Plane;
  links: Link[];
  detectors: Detector[];
  /** The link of each detector. */
  detectorLink: Int32Array;
  zones: SimZone[];
  meters: Meter[];
  /** The zone of each meter. */
  meterZone: Int32Array;
  units: Unit[];
  timetable: SimTimetable | undefined;
};

const position = z
  .tuple([z.number(), z.number()])
  .rest(z.number())
  .transform(([lon, lat]): [number, number] => [lon, lat]);
const linksSchema = z.object({
  features: z.array(
    z.object({ properties: linkPropertiesSchema, geometry: z.object({ coordinates: z.array(position) }) }),
  ),
});
const zonesSchema = z.object({
  features: z.array(
    z.object({ properties: zonePropertiesSchema, geometry: z.object({ coordinates: z.array(z.array(position)) }) }),
  ),
});

/**
 * Builds the world from a county's files by name. Throws an error that names the file where one is missing or wrong.
 */
export function readWorld(files: ReadonlyMap<string, string>): World {
  const profile = readJson(files, 'county.json', countyProfileSchema);
  const links = readJson(files, 'network.geojson', linksSchema).features.map(({ properties, geometry }) => ({
    ...properties,
    path: geometry.coordinates,
  }));
  const zones = readJson(files, 'zones.geojson', zonesSchema).features.map(({ properties, geometry }) => ({
    ...properties,
    center: middleOf(geometry.coordinates[0] ?? []),
  }));
  const detectors = readRows(files, 'detectors.csv', detectorRowSchema);
  const meters = readRows(files, 'meters.csv', meterRowSchema);
  return {
    profile,
    time: new LocalTime(profile.timeZone),
    plane: new Plane(profile.center),
    links,
    detectors,
    detectorLink: indexesOf(detectors, links, ({ linkId }) => linkId, 'detectors.csv'),
    zones,
    meters,
    meterZone: indexesOf(meters, zones, ({ zoneId }) => zoneId, 'meters.csv'),
    units: readRows(files, 'units.csv', unitRowSchema),
    timetable: readTimetable(files),
  };
}

function middleOf(ring: readonly [number, number][]): [number, number] {
  const [lon, lat] = ring.reduce<[number, number]>((sum, point) => [sum[0] + point[0], sum[1] + point[1]], [0, 0]);
  return [lon / Math.max(1, ring.length), lat / Math.max(1, ring.length)];
}

function indexesOf<T extends { id: string }>(
  items: readonly T[],
  targets: readonly { id: string }[],
  reference: (item: T) => string,
  file: string,
): Int32Array {
  const index = new Map(targets.map(({ id }, i) => [id, i]));
  return Int32Array.from(items, (item) => {
    const found = index.get(reference(item));
    if (found === undefined)
      throw new Error(`${file} names "${reference(item)}" for ${item.id}, which the county does not have.`);
    return found;
  });
}

function textOf(files: ReadonlyMap<string, string>, name: string): string {
  const text = files.get(name);
  if (text === undefined) throw new Error(`The county folder has no ${name}.`);
  return text;
}

function readJson<S extends z.ZodType>(files: ReadonlyMap<string, string>, name: string, schema: S): z.infer<S> {
  let value: unknown;
  try {
    value = JSON.parse(textOf(files, name));
  } catch (error) {
    throw error instanceof SyntaxError ? new Error(`${name} of the county is not JSON: ${error.message}.`) : error;
  }
  return checked(schema, value, name);
}

function readRows<S extends z.ZodType>(files: ReadonlyMap<string, string>, name: string, schema: S): z.infer<S>[] {
  // A line that begins with "# " is a remark, as the engine reads these files.
  const form = { comment: '# ', comment_no_infix: true, columns: true, bom: true, skip_empty_lines: true } as const;
  const rows = parse<{ record: unknown; info: { lines: number } }>(textOf(files, name), { ...form, info: true });
  return rows.map(({ record, info }) => checked(schema, record, `Line ${String(info.lines)} of ${name}`));
}

function checked<S extends z.ZodType>(schema: S, value: unknown, where: string): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`${where} is not what a county has there: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`);
}
