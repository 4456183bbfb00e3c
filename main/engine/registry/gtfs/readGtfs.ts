import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Timetable } from '../../../../shared/county/county.ts';
import type { TimetableFault, TimetableFeed } from '../../../../shared/county/timetableFeed.ts';
import { GtfsFaults } from './GtfsFaults.ts';
import { mergeFeeds } from './mergeFeeds.ts';
import { runsOnOf } from './readCalendar.ts';
import { readFeed } from './readFeed.ts';
import type { TimetableParts } from './readFeed.ts';
import { readFiles } from './readFiles.ts';

/** The timetable of a county in parts, the feeds that it was made of, and what of the source itself cannot be used. */
export type GtfsParts = { parts?: TimetableParts; feeds: TimetableFeed[] };
/** The timetable of a county as far as it can be used, the feeds that it was made of, and what of them cannot. */
export type ReadTimetable = { timetable?: Timetable; feeds: TimetableFeed[]; faults: TimetableFault[] };

/** Where a county's folder has its timetable: the folder before the archive. */
export const gtfsSource = (dir: string): string | undefined =>
  [join(dir, 'gtfs'), join(dir, 'gtfs.zip')].find((path) => existsSync(path));

const unreadable = (source: string, faults: TimetableFault[]): TimetableFeed => ({
  source,
  agencies: [],
  used: [],
  routes: 0,
  trips: 0,
  stops: 0,
  stopTimes: 0,
  faults,
});

/** The faults of a feed with the files' places within the source; a fault of the whole feed has no file. */
function placed({ source, faults }: TimetableFeed): TimetableFault[] {
  const [, ...within] = source.split('/');
  return faults.map((fault) => ({ ...fault, file: [...within, fault.file].filter((part) => part !== '').join('/') }));
}

/**
 * Reads `gtfs/` or `gtfs.zip` of the county's folder, with all feeds in it; nothing where there is neither. Never
 * throws because of what is in a feed.
 */
export async function readGtfsParts(dir: string, timeZone: string): Promise<GtfsParts> {
  const source = gtfsSource(dir);
  if (source === undefined) return { feeds: [] };
  const faults = new GtfsFaults();
  const name = basename(source);
  const found = (await readFiles(source, faults)).map(({ at, files }) => ({
    source: at === '' ? name : `${name}/${at}`,
    ...readFeed(files, timeZone),
  }));
  const { parts, feeds } = mergeFeeds(found, faults);
  const lost = faults.list();
  return {
    ...(parts !== undefined && { parts }),
    feeds: lost.length === 0 ? feeds : [...feeds, unreadable(name, lost)],
  };
}

/** Makes a timetable of what was read. */
export function timetableOf({ parts, feeds }: GtfsParts): ReadTimetable {
  const faults = feeds.flatMap(placed);
  if (parts === undefined) return { feeds, faults };
  return { timetable: { ...parts, runsOn: runsOnOf(parts.services) }, feeds, faults };
}

/** Reads the county's timetable in this thread. `timeZone` is the county's, for a feed that gives none. */
export const readGtfs = async (dir: string, timeZone: string): Promise<ReadTimetable> =>
  timetableOf(await readGtfsParts(dir, timeZone));
