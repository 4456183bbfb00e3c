import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { StartError } from '../StartError.ts';

/** A GTFS feed as its files, with what an import has to compare. */
export type Feed = { files: Map<string, Uint8Array>; timeZone: string | undefined; stops: [number, number][] };

type Row = Record<string, string | undefined>;

function rowsOf(bytes: Uint8Array | undefined): Row[] {
  return parse<Row>(Buffer.from(bytes ?? []), {
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
    relax_column_count: true,
    relax_quotes: true,
  });
}

/** Reads the texts of a GTFS feed. Throws a StartError where the file is none. */
export function readFeed(path: string): Feed {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(readFileSync(path), { filter: ({ name }) => name.endsWith('.txt') });
  } catch {
    throw new StartError(`${path} cannot be read, or is no ZIP file: a GTFS feed is one.`);
  }
  const texts = new Map(Object.entries(files).map(([name, bytes]) => [basename(name), bytes]));
  for (const name of ['stops.txt', 'trips.txt', 'stop_times.txt'])
    if (!texts.has(name)) throw new StartError(`${path} has no ${name}, so it is no GTFS feed.`);
  const [agency] = rowsOf(texts.get('agency.txt'));
  return {
    files: texts,
    timeZone: agency?.['agency_timezone'],
    stops: rowsOf(texts.get('stops.txt')).map((row): [number, number] => [
      Number(row['stop_lon']),
      Number(row['stop_lat']),
    ]),
  };
}
