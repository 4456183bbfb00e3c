import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** One reading of the travel time between two points. */
export type Reading = { atMs: number; speedKmh: number; count: number };
/** The readings of a segment in the order of time, one per five minutes, and the segments that follow it. */
export type Segment = { id: string; from: string; to: string; readings: Reading[] };

const BIN_MS = 300_000;

const textOf = (file: string): string => {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

/** The rows have no quoted cells, and there are a million of them, so a line is cut at its commas. */
function addReadings(text: string, segments: Map<string, Map<number, Reading>>): void {
  const lines = text.split('\n');
  const names = (lines[0] ?? '').trim().split(',');
  const column = (name: string): number => names.indexOf(name);
  const [id, when, speed, count] = [
    column('REPORT_ID'),
    column('TIMESTAMP'),
    column('avgSpeed'),
    column('vehicleCount'),
  ];
  for (let at = 1; at < lines.length; at++) {
    const cells = (lines[at] ?? '').trim().split(',');
    const atMs = Date.parse(`${cells[when] ?? ''}Z`);
    if (Number.isNaN(atMs)) continue;
    const segment = cells[id] ?? '';
    const readings = segments.get(segment) ?? new Map<number, Reading>();
    segments.set(segment, readings);
    readings.set(Math.floor(atMs / BIN_MS), { atMs, speedKmh: Number(cells[speed]), count: Number(cells[count]) });
  }
}

/**
 * Reads all files of a folder: readings with the columns REPORT_ID, TIMESTAMP, avgSpeed (km/h) and vehicleCount, as CSV
 * or gzipped, and metadata that name the end points of segments.
 */
export function readTravelTimes(folder: string): Segment[] {
  const ends = new Map<string, { from: string; to: string }>();
  const segments = new Map<string, Map<number, Reading>>();
  for (const name of readdirSync(folder)
    .filter((file) => /\.csv(\.gz)?$/.test(file))
    .sort()) {
    const text = textOf(join(folder, name));
    if (!text.slice(0, text.indexOf('\n')).includes('POINT_1_NAME')) addReadings(text, segments);
    else
      for (const row of parse<Record<string, string>>(text, { columns: true }))
        ends.set(row['REPORT_ID'] ?? '', { from: row['POINT_1_NAME'] ?? '', to: row['POINT_2_NAME'] ?? '' });
  }
  return [...segments].map(([id, readings]) => ({
    id,
    from: ends.get(id)?.from ?? '',
    to: ends.get(id)?.to ?? '',
    readings: [...readings.values()].sort((a, b) => a.atMs - b.atMs),
  }));
}
