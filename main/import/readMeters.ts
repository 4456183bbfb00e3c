import { commoditySchema, customerClassSchema } from '../../shared/county/county.ts';
import type { Meter, Zone } from '../../shared/county/county.ts';
import { positionOf, readColumns } from './readColumns.ts';
import type { NamedRow } from './readColumns.ts';

type Bounds = readonly [west: number, south: number, east: number, north: number];
export type ImportedMeters = { meters: Meter[]; zones: Omit<Zone, 'center'>[]; leftOut: string[] };

const columns = {
  id: ['id', 'meterid', 'meter'],
  commodity: ['commodity', 'kind', 'medium', 'type'],
  lon: ['lon', 'lng', 'long', 'longitude', 'x'],
  lat: ['lat', 'latitude', 'y'],
  zone: ['zoneid', 'zone', 'dma', 'feeder', 'feederid'],
  transformer: ['transformerid', 'transformer'],
  premise: ['premiseid', 'premise'],
  customerClass: ['customerclass', 'class'],
  address: ['address', 'street', 'name'],
} as const;
type Column = keyof typeof columns;

/** A box around the meters of a zone reaches so far beyond them, degrees. */
const MARGIN_DEG = 0.002;
const usualZone = { water: 'DMA-1', electricity: 'F-1' } as const;

function meterOf({ line, cells }: NamedRow<Column>, [west, south, east, north]: Bounds): Meter | string {
  const position = positionOf(cells);
  const commodity = commoditySchema.safeParse(cells.commodity?.toLowerCase().replace(/^electric$/, 'electricity'));
  const customerClass = customerClassSchema.safeParse(cells.customerClass ?? 'singleFamily');
  const name = `${cells.id ?? 'a meter without id'} (line ${line})`;
  if (cells.id === undefined) return `line ${line} has no id`;
  if (position === undefined) return `${name} has no position in degrees`;
  if (!commodity.success) return `${name} measures "${cells.commodity ?? ''}", which is neither water nor electricity`;
  const [lon, lat] = position;
  if (lon < west || lon > east || lat < south || lat > north) return `${name} lies outside the bounds`;
  return {
    id: cells.id,
    commodity: commodity.data,
    lon,
    lat,
    zoneId: cells.zone ?? usualZone[commodity.data],
    transformerId: cells.transformer,
    premiseId: cells.premise,
    customerClass: customerClass.success ? customerClass.data : 'singleFamily',
    ...(cells.address !== undefined && { address: cells.address }),
  };
}

/** A box around the meters of a zone stands for its area, until somebody draws that. */
function zoneAround(id: string, meters: readonly Meter[]): Omit<Zone, 'center'> {
  const [lons, lats] = [meters.map(({ lon }) => lon), meters.map(({ lat }) => lat)];
  const span = (values: readonly number[]): [number, number] => [
    values.reduce((least, each) => Math.min(least, each)) - MARGIN_DEG,
    values.reduce((most, each) => Math.max(most, each)) + MARGIN_DEG,
  ];
  const [[west, east], [south, north]] = [span(lons), span(lats)];
  return {
    id,
    kind: meters[0]?.commodity === 'electricity' ? 'feeder' : 'dma',
    name: id,
    meterCount: meters.length,
    outline: [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  };
}

/** Reads meters from a CSV file, and makes their zones of it. Throws a StartError where the file cannot be read. */
export function readMeters(path: string, bounds: Bounds): ImportedMeters {
  const known = new Map<string, Meter>();
  const leftOut: string[] = [];
  for (const row of readColumns(path, columns, ['id', 'commodity', 'lon', 'lat'])) {
    const meter = meterOf(row, bounds);
    if (typeof meter === 'string') leftOut.push(meter);
    else if (known.has(meter.id)) leftOut.push(`${meter.id} (line ${row.line}) is there twice`);
    else known.set(meter.id, meter);
  }
  const byZone = Map.groupBy(known.values(), ({ zoneId }) => zoneId);
  const meters: Meter[] = [];
  const zones: Omit<Zone, 'center'>[] = [];
  for (const [zoneId, inZone] of byZone) {
    // Zones of water and of electricity have ids of their own, also where the file names both alike.
    const byCommodity = Map.groupBy(inZone, ({ commodity }) => commodity);
    for (const [commodity, own] of byCommodity) {
      const id = byCommodity.size > 1 || known.has(zoneId) ? `${zoneId}-${commodity}` : zoneId;
      zones.push(zoneAround(id, own));
      for (const meter of own) meters.push({ ...meter, zoneId: id });
    }
  }
  return { meters, zones, leftOut };
}
