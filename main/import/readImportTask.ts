import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { joinNegatives } from '../joinNegatives.ts';
import { StartError } from '../StartError.ts';
import type { ImportTask } from './importCounty.ts';

const WRONG_USE = 2;
const wrong = (sentence: string): StartError => new StartError(`${sentence} See --help.`, WRONG_USE);

const flags = {
  osm: { type: 'string' },
  gtfs: { type: 'string' },
  detectors: { type: 'string' },
  meters: { type: 'string' },
  bounds: { type: 'string' },
  out: { type: 'string' },
} as const;

function boundsOf(text: string): [number, number, number, number] {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [west, south, east, north] = numbers;
  if (west === undefined || south === undefined || east === undefined || north === undefined || numbers.length > 4)
    throw wrong(`--bounds ${text} is not four numbers: west, south, east, north in degrees.`);
  const isOnEarth = west >= -180 && east <= 180 && south >= -90 && north <= 90;
  if (!isOnEarth || !(west < east) || !(south < north))
    throw wrong(`--bounds ${text} is not west, south, east, north in degrees, each before its opposite.`);
  return [west, south, east, north];
}

/** Reads the arguments of `npm run county -- import`. Throws a StartError that names what is wrong. */
export function readImportTask(args: readonly string[]): ImportTask {
  let values;
  try {
    ({ values } = parseArgs({ args: joinNegatives(args), options: flags, strict: true }));
  } catch (error) {
    throw wrong(error instanceof Error ? `${error.message.split('. ')[0] ?? ''}.` : String(error));
  }
  const { osm, out, gtfs, detectors, meters, bounds } = values;
  if (osm === undefined) throw wrong('The import needs --osm FILE.osm.pbf.');
  if (out === undefined) throw wrong('The import needs --out DIR.');
  return {
    task: 'import',
    osm: resolve(osm),
    dir: resolve(out),
    ...(gtfs !== undefined && { gtfs: resolve(gtfs) }),
    ...(detectors !== undefined && { detectors: resolve(detectors) }),
    ...(meters !== undefined && { meters: resolve(meters) }),
    ...(bounds !== undefined && { bounds: boundsOf(bounds) }),
  };
}
