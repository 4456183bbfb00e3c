import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** A real request. Times are taken as UTC, places are degrees. */
export type RealRequest = { category: string; description: string; createdAtMs: number; lon: number; lat: number };
type Row = Record<'category' | 'description' | 'created' | 'lng' | 'lat', string>;

/** Reads a file with the columns of `newhaven-311`, in the order of time. Throws where it has others. */
export function readRequests(path: string): RealRequest[] {
  const rows = parse<Row>(readFileSync(path), { columns: true, bom: true, relax_quotes: true });
  const requests = rows
    .map(({ category, description, created, lng, lat }) => ({
      category,
      description,
      createdAtMs: Date.parse(`${created}Z`),
      lon: Number(lng),
      lat: Number(lat),
    }))
    .filter(({ category, createdAtMs }) => category !== '' && !Number.isNaN(createdAtMs));
  if (requests.length === 0) throw new Error(`${path} has no requests with a category and a time of creation.`);
  return requests.sort((a, b) => a.createdAtMs - b.createdAtMs);
}
