import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CountyProfile, Unit } from '../../shared/county/county.ts';
import { countPieces } from '../engine/routing/countPieces.ts';
import { RoadNetwork } from '../engine/routing/RoadNetwork.ts';
import { StartError } from '../StartError.ts';
import { countyTexts } from './countyTexts.ts';
import { matchDetectors } from './matchDetectors.ts';
import type { Matched } from './matchDetectors.ts';
import { collect } from './osm/collect.ts';
import type { Bounds, Collected } from './osm/collect.ts';
import { layLinks } from './osm/layLinks.ts';
import type { Laid } from './osm/layLinks.ts';
import { boxOf, layMap, outline } from './osm/layMap.ts';
import type { MapPart } from './osm/layMap.ts';
import { layTurns } from './osm/layTurns.ts';
import { OsmFile } from './osm/OsmFile.ts';
import { profileOf } from './profileOf.ts';
import { readFeed } from './readFeed.ts';
import type { Feed } from './readFeed.ts';
import { readMeters } from './readMeters.ts';
import type { ImportedMeters } from './readMeters.ts';
import { reportLines } from './reportLines.ts';
import { placeDetectors, placeUnits } from './standIns.ts';

/** What is imported, and to where. */
export type ImportTask = {
  task: 'import';
  osm: string;
  dir: string;
  gtfs?: string;
  detectors?: string;
  meters?: string;
  bounds?: Bounds;
};
export type Progress = (what: string, share: number) => void;

/** Everything that was made, before it is written. */
export type Imported = {
  task: ImportTask;
  profile: CountyProfile;
  found: Collected;
  laid: Laid;
  map: MapPart[];
  turns: ReturnType<typeof layTurns>;
  pieces: ReturnType<typeof countPieces>;
  timetable: Feed | undefined;
  detectors: Matched | undefined;
  standIns: ReturnType<typeof placeDetectors>;
  meters: ImportedMeters;
  units: Unit[];
};

/** Roads on one line have no area around them, and a county needs one. */
const LEAST_WIDTH_DEG = 0.002;
const widened = ([west, south, east, north]: Bounds): Bounds => {
  const lon = Math.max(0, LEAST_WIDTH_DEG - (east - west)) / 2;
  const lat = Math.max(0, LEAST_WIDTH_DEG - (north - south)) / 2;
  return [west - lon, south - lat, east + lon, north + lat];
};

function readOsm(task: ImportTask, onProgress: Progress): Collected {
  if (!existsSync(task.osm)) throw new StartError(`There is no file ${task.osm}.`);
  const file = new OsmFile(task.osm);
  try {
    const found = collect(file, task.bounds, onProgress);
    if (found.roads.length > 0) return found;
    const covers = file.bounds === undefined ? '' : ` It covers ${file.bounds.join(',')}.`;
    throw new StartError(
      task.bounds === undefined
        ? `${task.osm} has no roads.`
        : `No road of ${task.osm} lies within ${task.bounds.join(',')}.${covers}`,
    );
  } finally {
    file.close();
  }
}

/** Makes a county of the files of a task, in memory. Throws a StartError where one of them cannot be used. */
export function makeCounty(task: ImportTask, onProgress: Progress): Imported {
  const timetable = task.gtfs === undefined ? undefined : readFeed(task.gtfs);
  const found = readOsm(task, onProgress);
  const laid = layLinks(found);
  if (laid.links.length === 0) throw new StartError(`No road of ${task.osm} has two places within the bounds.`);
  const bounds = task.bounds ?? widened(boxOf(laid.links.flatMap(({ path }) => path)));
  onProgress('base map', 0);
  const map = [...outline(found, bounds), ...layMap(found, bounds)];
  onProgress('base map', 1);
  const turns = layTurns(found, laid);
  const network = new RoadNetwork(laid.links, turns);
  const detectors = task.detectors === undefined ? undefined : matchDetectors(task.detectors, network);
  const profile = profileOf({ map, found, bounds, osm: task.osm, isSimulated: detectors === undefined });
  const [seatLon, seatLat] = profile.center;
  onProgress('devices', 1);
  return {
    task,
    profile,
    found,
    laid,
    map,
    turns,
    pieces: countPieces(laid.links),
    timetable,
    detectors,
    standIns: detectors === undefined ? placeDetectors(laid.links) : [],
    meters: task.meters === undefined ? { meters: [], zones: [], leftOut: [] } : readMeters(task.meters, bounds),
    units: placeUnits(found.stations, { name: profile.name, lon: seatLon, lat: seatLat }),
  };
}

/**
 * Imports a county into a new folder, which is there whole or not at all. Returns the lines of the report. Throws a
 * StartError where a file cannot be used.
 */
export function importCounty(task: ImportTask, onProgress: Progress): string[] {
  const { dir } = task;
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new StartError(`${dir} is there already and not empty. Choose a new folder.`);
  const county = makeCounty(task, onProgress);
  const report = reportLines(county);
  const draft = `${dir}.part`;
  try {
    rmSync(draft, { recursive: true, force: true });
    for (const [name, text] of countyTexts(county, report)) {
      mkdirSync(dirname(join(draft, name)), { recursive: true });
      writeFileSync(join(draft, name), text);
    }
    if (existsSync(dir)) rmdirSync(dir);
    renameSync(draft, dir);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw new StartError(`${dir} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return report;
}
