import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { County } from '../../shared/county/county.ts';
import { formatShift } from '../../shared/county/shift.ts';

const collection = (features: readonly { geometry: object; properties: object }[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features: features.map((feature) => ({ type: 'Feature', ...feature })) });

function table(columns: readonly string[], rows: readonly Record<string, string | number | undefined>[]): string {
  return [columns.join(','), ...rows.map((row) => columns.map((name) => String(row[name] ?? '')).join(','))].join('\n');
}

/**
 * Writes a county as the folder of plain files that the engine reads, but without a timetable. Texts must not contain a
 * comma.
 */
export async function writeCounty(dir: string, county: County): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files: Record<string, string> = {
    'county.json': JSON.stringify(county.profile),
    'map.geojson': collection(
      county.map.map(({ rings, point, ...properties }) => ({
        geometry: point === undefined ? { type: 'Polygon', coordinates: rings } : { type: 'Point', coordinates: point },
        properties,
      })),
    ),
    'network.geojson': collection(
      county.links.map(({ path, ...properties }) => ({
        geometry: { type: 'LineString', coordinates: path },
        properties,
      })),
    ),
    'zones.geojson': collection(
      county.zones.map(({ outline, center: _, ...properties }) => ({
        geometry: { type: 'Polygon', coordinates: [outline] },
        properties,
      })),
    ),
    'detectors.csv': table(['id', 'linkId', 'lon', 'lat', 'lanes', 'periodS'], county.detectors),
    'meters.csv': table(
      ['id', 'commodity', 'lon', 'lat', 'zoneId', 'transformerId', 'premiseId', 'customerClass'],
      county.meters,
    ),
    'units.csv': table(
      ['id', 'kind', 'name', 'baseLon', 'baseLat', 'base', 'capabilities', 'shift'],
      county.units.map((unit) => ({
        ...unit,
        capabilities: unit.capabilities?.join(' '),
        shift: unit.shift && formatShift(unit.shift),
      })),
    ),
    'feeds.json': JSON.stringify(county.feeds),
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(dir, name), text)));
}
