import { z } from 'zod';
import {
  linkPropertiesSchema,
  mapFeaturePropertiesSchema,
  zonePropertiesSchema,
} from '../../../../shared/county/county.ts';
import type { Link, MapFeature, Zone } from '../../../../shared/county/county.ts';
import { fieldNames } from '../../../../shared/base/fieldTable.ts';
import type { CountyFaults } from './CountyFaults.ts';
import { checkPart, readJson, warnOfKeys } from './readJson.ts';
import type { JsonFile, JsonPath } from './readJson.ts';

const position = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .rest(z.number())
  .transform(([lon, lat]): [number, number] => [lon, lat]);
const line = z.array(position).min(2);
const schemas = {
  Point: z.object({ coordinates: position }),
  LineString: z.object({ coordinates: line }),
  Polygon: z.object({ coordinates: z.array(line).min(1) }),
};
type Kind = keyof typeof schemas;

/** A feature of a GeoJSON file before its parts are checked. */
type Raw = { path: JsonPath; geometry: unknown; properties: unknown };
type Context = { json: JsonFile; faults: CountyFaults };

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

const typeOf = (value: unknown): string => {
  const type = field(value, 'type');
  return typeof type === 'string' ? type : 'none';
};

/** The first number of nested coordinates that is no longitude, as metres of a projection are none. */
function hasMetres(coordinates: unknown): boolean {
  if (!Array.isArray(coordinates)) return false;
  const [first] = coordinates as unknown[];
  return typeof first === 'number' ? Math.abs(first) > 360 : hasMetres(first);
}

async function readFeatures(dir: string, file: string, faults: CountyFaults): Promise<{ json: JsonFile; raw: Raw[] }> {
  const json = (await readJson(dir, file, faults)) ?? { file, value: undefined, placeOf: () => ({ file }) };
  if (json.value === undefined) return { json, raw: [] };
  const list = field(json.value, 'features');
  if (typeOf(json.value) !== 'FeatureCollection' || !Array.isArray(list)) {
    faults.add(
      'error',
      json.placeOf(['type']),
      `The file must be a FeatureCollection of GeoJSON, and is ${typeOf(json.value) === 'none' ? 'something else' : `a ${typeOf(json.value)}`}.`,
    );
    return { json, raw: [] };
  }
  return {
    json,
    raw: (list as unknown[]).map((feature, index) => ({
      path: ['features', index],
      geometry: field(feature, 'geometry'),
      properties: field(feature, 'properties'),
    })),
  };
}

/** The coordinates of a geometry of one kind; undefined, with a fault, where it is another or has wrong ones. */
function coordinatesOf<K extends Kind>(
  kind: K,
  geometry: unknown,
  path: JsonPath,
  { json, faults }: Context,
): z.output<(typeof schemas)[K]>['coordinates'] | undefined {
  const at = [...path, 'geometry'];
  if (typeOf(geometry) !== kind) {
    const type = typeOf(geometry);
    const hint = type === `Multi${kind}` ? ' Split it into one feature per part.' : '';
    faults.add(
      'leftOut',
      json.placeOf([...at, 'type']),
      `The feature must have a ${kind}, and has ${type === 'none' ? 'no geometry' : `a ${type}`}.${hint}`,
    );
    return undefined;
  }
  if (hasMetres(field(geometry, 'coordinates'))) {
    faults.add(
      'leftOut',
      json.placeOf([...at, 'coordinates']),
      'The coordinates are no degrees: export the file as WGS84 (EPSG:4326).',
    );
    return undefined;
  }
  const checked = checkPart(schemas[kind] as z.ZodType, geometry, { json, path: at, level: 'leftOut', faults });
  return field(checked, 'coordinates') as z.output<(typeof schemas)[K]>['coordinates'] | undefined;
}

function propertiesOf<T extends z.ZodType>(
  schema: T,
  { path, properties }: Raw,
  { json, faults }: Context,
): z.output<T> | undefined {
  const at = [...path, 'properties'];
  warnOfKeys(fieldNames(schema), properties, { json, path: at, faults, isStrict: false });
  return checkPart(schema, properties ?? {}, { json, path: at, level: 'leftOut', faults });
}

export async function readLinks(dir: string, faults: CountyFaults): Promise<Link[]> {
  const { json, raw } = await readFeatures(dir, 'network.geojson', faults);
  return raw.flatMap((feature): Link[] => {
    const properties = propertiesOf(linkPropertiesSchema, feature, { json, faults });
    const path = coordinatesOf('LineString', feature.geometry, feature.path, { json, faults });
    if (properties === undefined || path === undefined) return [];
    return [
      faults.settle(
        { ...properties, path },
        { file: json.file, at: () => json.placeOf([...feature.path, 'properties', 'id']) },
      ),
    ];
  });
}

/** The middle of a ring's bounds: good enough to hold a label. */
function middle(ring: readonly [number, number][]): [number, number] {
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
}

export async function readZones(dir: string, faults: CountyFaults): Promise<Zone[]> {
  const { json, raw } = await readFeatures(dir, 'zones.geojson', faults);
  return raw.flatMap((feature): Zone[] => {
    const properties = propertiesOf(zonePropertiesSchema, feature, { json, faults });
    const rings = coordinatesOf('Polygon', feature.geometry, feature.path, { json, faults });
    const [outline] = rings ?? [];
    if (properties === undefined || outline === undefined) return [];
    const zone = { ...properties, outline, center: middle(outline) };
    return [faults.settle(zone, { file: json.file, at: () => json.placeOf([...feature.path, 'properties', 'id']) })];
  });
}

/** A geometry of several parts as that many geometries: a lake with two basins is two shapes, not one with a hole. */
function partsOf(geometry: unknown): { type: Kind | undefined; geometry: unknown }[] {
  const type = typeOf(geometry);
  const coordinates = field(geometry, 'coordinates');
  const kind = (name: string): Kind | undefined => (name in schemas ? (name as Kind) : undefined);
  if (type.startsWith('Multi') && Array.isArray(coordinates))
    return (coordinates as unknown[]).map((each) => ({
      type: kind(type.slice('Multi'.length)),
      geometry: { type: type.slice('Multi'.length), coordinates: each },
    }));
  return [{ type: kind(type), geometry }];
}

function shapeOf(
  { type, geometry }: { type: Kind | undefined; geometry: unknown },
  path: JsonPath,
  context: Context,
): Pick<MapFeature, 'rings' | 'point'> | undefined {
  if (type === 'Point') {
    const point = coordinatesOf('Point', geometry, path, context);
    return point && { rings: [], point };
  }
  if (type === 'LineString') {
    const path_ = coordinatesOf('LineString', geometry, path, context);
    return path_ && { rings: [path_] };
  }
  const rings = coordinatesOf('Polygon', geometry, path, context);
  return rings && { rings };
}

export async function readMap(dir: string, faults: CountyFaults): Promise<MapFeature[]> {
  const { json, raw } = await readFeatures(dir, 'map.geojson', faults);
  return raw.flatMap((feature): MapFeature[] => {
    const about = propertiesOf(mapFeaturePropertiesSchema, feature, { json, faults });
    if (about === undefined) return [];
    return partsOf(feature.geometry).flatMap((each): MapFeature[] => {
      const shape = shapeOf(each, feature.path, { json, faults });
      return shape === undefined
        ? []
        : [faults.settle({ ...about, ...shape }, { file: json.file, at: () => json.placeOf(feature.path) })];
    });
  });
}
