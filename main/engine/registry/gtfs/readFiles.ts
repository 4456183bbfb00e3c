import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { GtfsFaults } from './GtfsFaults.ts';

/** The files of one feed by their names. */
export type GtfsFiles = ReadonlyMap<string, Uint8Array>;
/** One feed of a source: the folder or archive within it that holds its files, '' where they are at its top. */
export type FoundFeed = { at: string; files: GtfsFiles };

type Paths = [string, Uint8Array][];

const DEEPEST_ZIP = 2;
const isZip = (path: string): boolean => /\.zip$/i.test(path);

/** Reads a ZIP, and the ZIPs in it: some agencies send an archive of archives. Throws where it is no ZIP. */
function unzip(bytes: Uint8Array, under: string, depth: number): Paths {
  return Object.entries(unzipSync(bytes)).flatMap(([path, content]): Paths => {
    const name = join(under, path);
    if (isZip(path) && depth < DEEPEST_ZIP) return unzip(content, name, depth + 1);
    return /\.txt$/i.test(path) && !path.startsWith('__MACOSX') ? [[name, content]] : [];
  });
}

function noteUnreadable(file: string, error: unknown, faults: GtfsFaults): void {
  const why = isZip(file) ? 'It is not a ZIP file that can be read.' : 'It cannot be read.';
  faults.note(file, `${why} (${error instanceof Error ? error.message : String(error)})`);
}

/** Reads the text files of a folder and those of the archives in it; an archive that is broken costs only itself. */
async function readFolder(source: string, faults: GtfsFaults): Promise<Paths> {
  const names = (await readdir(source, { recursive: true })).filter((name) => /\.(txt|zip)$/i.test(name)).sort();
  const read = await Promise.all(
    names.map(async (name): Promise<Paths> => {
      const bytes = await readFile(join(source, name));
      if (!isZip(name)) return [[name, bytes]];
      try {
        return unzip(bytes, name, 1);
      } catch (error) {
        noteUnreadable(name, error, faults);
        return [];
      }
    }),
  );
  return read.flat();
}

/** The feeds at `source`, a folder or a ZIP, in the order of their places; what cannot be read is noted. */
export async function readFiles(source: string, faults: GtfsFaults): Promise<FoundFeed[]> {
  const name = basename(source);
  let paths: Paths;
  try {
    paths = isZip(source) ? unzip(await readFile(source), '', 0) : await readFolder(source, faults);
  } catch (error) {
    noteUnreadable(name, error, faults);
    return [];
  }
  const folders = new Map<string, Map<string, Uint8Array>>();
  for (const [path, content] of paths) {
    const folder = folders.get(dirname(path)) ?? new Map<string, Uint8Array>();
    folders.set(dirname(path), folder.set(basename(path).toLowerCase(), content));
  }
  const feeds = [...folders].filter(([, files]) => files.has('trips.txt') || files.has('stop_times.txt'));
  if (feeds.length === 0) faults.note(name, 'It holds no timetable: neither trips.txt nor stop_times.txt is in it.');
  return feeds
    .map(([at, files]) => ({ at: at === '.' ? '' : at, files }))
    .sort((a, b) => Number(a.at > b.at) - Number(a.at < b.at));
}
