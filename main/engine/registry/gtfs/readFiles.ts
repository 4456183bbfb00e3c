import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { GtfsFaults } from './GtfsFaults.ts';

/** The files of one feed by their names. */
export type GtfsFiles = ReadonlyMap<string, Uint8Array>;

type Paths = ReadonlyMap<string, Uint8Array>;

const DEEPEST_ZIP = 2;

/** Reads a ZIP, and the ZIPs in it: some agencies send an archive of archives. Throws where it is no ZIP. */
function unzip(bytes: Uint8Array, under: string, depth: number): [string, Uint8Array][] {
  return Object.entries(unzipSync(bytes)).flatMap(([path, content]): [string, Uint8Array][] => {
    const name = join(under, path);
    if (/\.zip$/i.test(path) && depth < DEEPEST_ZIP) return unzip(content, name, depth + 1);
    return /\.txt$/i.test(path) && !path.startsWith('__MACOSX') ? [[name, content]] : [];
  });
}

async function readFolder(source: string): Promise<Paths> {
  const names = (await readdir(source, { recursive: true })).filter((name) => /\.txt$/i.test(name));
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(source, name))] as const)));
}

/** The last day of a calendar, which shows the present timetable among former ones; '' where it gives none. */
function lastDayOf(files: GtfsFiles): string {
  const text = ['calendar.txt', 'calendar_dates.txt']
    .map((name) => Buffer.from(files.get(name) ?? []).toString('latin1'))
    .join('\n');
  return (text.match(/\b20\d{6}\b/g) ?? []).reduce((last, day) => (day > last ? day : last), '');
}

/**
 * The files of the feed at `source`, a folder or a ZIP; undefined where nothing can be read. Where there are several
 * feeds beside each other, the one whose calendar ends last is taken, and the others are noted.
 */
export async function readFiles(source: string, faults: GtfsFaults): Promise<GtfsFiles | undefined> {
  const name = basename(source);
  let paths: Paths;
  try {
    paths = source.endsWith('.zip') ? new Map(unzip(await readFile(source), '', 0)) : await readFolder(source);
  } catch (error) {
    const why = source.endsWith('.zip') ? 'It is not a ZIP file that can be read.' : 'It cannot be read.';
    faults.note(name, `${why} (${error instanceof Error ? error.message : String(error)})`);
    return undefined;
  }
  const folders = new Map<string, Map<string, Uint8Array>>();
  for (const [path, content] of paths) {
    const folder = folders.get(dirname(path)) ?? new Map<string, Uint8Array>();
    folders.set(dirname(path), folder.set(basename(path).toLowerCase(), content));
  }
  const feeds = [...folders].filter(([, files]) => files.has('trips.txt') || files.has('stop_times.txt'));
  const [first, ...others] = feeds.sort(([a, left], [b, right]) => {
    const [lastA, lastB] = [lastDayOf(left), lastDayOf(right)];
    return lastA === lastB ? Number(a > b) - Number(a < b) : lastA > lastB ? -1 : 1;
  });
  if (first === undefined) {
    faults.note(name, 'It holds no timetable: neither trips.txt nor stop_times.txt is in it.');
    return undefined;
  }
  if (others.length > 0)
    faults.note(
      name,
      `It holds ${feeds.length} timetables (${feeds.map(([folder]) => folder).join(', ')}). Only ${first[0]} is used, whose calendar ends on ${lastDayOf(first[1]) || 'no given day'}.`,
    );
  return first[1];
}
