import type { Imported } from './importCounty.ts';
import type { MapPart } from './osm/layMap.ts';

type Cell = string | number | readonly string[] | undefined;

function cellOf(value: Cell): string {
  const text = typeof value === 'object' ? value.join(' ') : String(value ?? '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csv = <Name extends string>(columns: readonly Name[], rows: readonly Partial<Record<Name, Cell>>[]): string =>
  `${[columns.join(','), ...rows.map((row) => columns.map((name) => cellOf(row[name])).join(','))].join('\n')}\n`;

type Geometry = { type: string; coordinates: unknown };
const geoJson = (features: readonly { properties: object; geometry: Geometry }[]): string =>
  `{"type":"FeatureCollection","features":[\n${features
    .map((feature) => JSON.stringify({ type: 'Feature', ...feature }))
    .join(',\n')}\n]}\n`;

function mapFeature({ rings, point, ...properties }: MapPart): { properties: object; geometry: Geometry } {
  const [first] = rings;
  if (point !== undefined) return { properties, geometry: { type: 'Point', coordinates: point } };
  return {
    properties,
    geometry:
      properties.kind === 'river'
        ? { type: 'LineString', coordinates: first }
        : { type: 'Polygon', coordinates: rings },
  };
}

/** The files of the county's folder, by name. */
export function countyTexts(county: Imported, report: readonly string[]): Map<string, string | Uint8Array> {
  const { profile, laid, map, turns, timetable, detectors, standIns, meters, units } = county;
  const isFor = detectors?.matches.map(({ detector }) => detector) ?? standIns;
  return new Map<string, string | Uint8Array>([
    ['county.json', `${JSON.stringify(profile, null, 2)}\n`],
    ['map.geojson', geoJson(map.map(mapFeature))],
    [
      'network.geojson',
      geoJson(
        laid.links.map(({ path, ...properties }) => ({
          properties,
          geometry: { type: 'LineString', coordinates: path },
        })),
      ),
    ],
    ...(turns.length > 0 ? [['turns.csv', csv(['links', 'reason'], turns)] as const] : []),
    [
      'zones.geojson',
      geoJson(
        meters.zones.map(({ outline: ring, ...properties }) => ({
          properties,
          geometry: { type: 'Polygon', coordinates: [ring] },
        })),
      ),
    ],
    ['detectors.csv', csv(['id', 'linkId', 'lon', 'lat', 'lanes', 'periodS', 'name'], isFor)],
    [
      'meters.csv',
      csv(
        ['id', 'commodity', 'lon', 'lat', 'zoneId', 'transformerId', 'premiseId', 'customerClass', 'address'],
        meters.meters,
      ),
    ],
    ['units.csv', csv(['id', 'kind', 'name', 'baseLon', 'baseLat', 'base'], units)],
    ...[...(timetable?.files ?? [])].map(([name, bytes]) => [`gtfs/${name}`, bytes] as const),
    ['import-report.txt', `${report.join('\n')}\n`],
  ]);
}
