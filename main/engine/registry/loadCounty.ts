import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { positionsSchema } from '../../../shared/alarms/positions.ts';
import { accountRowSchema, tariffsSchema } from '../../../shared/county/accounts.ts';
import type { County, CountyProfile, FeedsRegistry } from '../../../shared/county/county.ts';
import {
  countyProfileSchema,
  detectorRowSchema,
  feedDeviceSchema,
  feedsRegistrySchema,
  meterRowSchema,
  segmentRowSchema,
  sensorSchema,
  sparkplugMetricSchema,
  stationSchema,
  turnRowSchema,
  unitColumnsSchema,
  unitRowSchema,
} from '../../../shared/county/county.ts';
import { placeOf } from '../../../shared/county/countyFault.ts';
import type { CountyFault } from '../../../shared/county/countyFault.ts';
import { countyFiles, otherCountyNames } from '../../../shared/county/countyFiles.ts';
import { fieldNames } from '../../../shared/base/fieldTable.ts';
import { addFeedDevices } from './addFeedDevices.ts';
import { checkPlausibility } from './checks/checkPlausibility.ts';
import { checkTimetable } from './checks/checkTimetable.ts';
import { dropUnusable } from './checks/dropUnusable.ts';
import { CountyError } from './CountyError.ts';
import { describeFeed } from './describeCounty.ts';
import { CountyFaults } from './files/CountyFaults.ts';
import { didYouMean, similarTo } from './files/didYouMean.ts';
import { checkEntries, checkPart, readJson, warnOfKeys } from './files/readJson.ts';
import { readLinks, readMap, readZones } from './files/readFeatures.ts';
import { readRows } from './files/readRows.ts';
import { readGtfsParts, timetableOf } from './gtfs/readGtfs.ts';
import type { GtfsParts } from './gtfs/readGtfs.ts';
import { isTimeZone } from './serviceTime.ts';

type ReadParts = (dir: string, timeZone: string) => Promise<GtfsParts>;

/** A county that was read: absent where it cannot be used, with all that is wrong with its files. */
export type ReadCounty = { county: County | undefined; faults: CountyFault[] };

async function readProfile(dir: string, faults: CountyFaults): Promise<CountyProfile | undefined> {
  const json = await readJson(dir, 'county.json', faults);
  if (json === undefined) return undefined;
  const { value } = json;
  warnOfKeys(fieldNames(countyProfileSchema), value, { json, path: [], faults, isStrict: true });
  const profile = checkPart(countyProfileSchema, value, { json, path: [], level: 'error', faults });
  if (profile === undefined) return undefined;
  if (!isTimeZone(profile.timeZone))
    faults.add(
      'error',
      json.placeOf(['timeZone']),
      `\`timeZone\` is "${profile.timeZone}", which is none of the IANA list: write one such as America/Chicago.`,
    );
  return faults.settle(profile, { file: json.file, at: () => json.placeOf(['bounds']) });
}

async function readPositions(dir: string, faults: CountyFaults): Promise<Pick<County, 'positions'>> {
  if (!existsSync(join(dir, 'positions.json'))) return {};
  const json = await readJson(dir, 'positions.json', faults);
  if (json === undefined) return {};
  const positions = checkPart(positionsSchema, json.value, { json, path: [], level: 'error', faults });
  return positions === undefined ? {} : { positions };
}

async function readTurns(dir: string, faults: CountyFaults): Promise<Pick<County, 'turns'>> {
  if (!existsSync(join(dir, 'turns.csv'))) return {};
  return { turns: await readRows(dir, 'turns.csv', turnRowSchema, { columns: turnRowSchema, faults }) };
}

/** Reads who is billed for which meters, and the prices. */
async function readBilling(dir: string, faults: CountyFaults): Promise<Pick<County, 'accounts' | 'tariffs'>> {
  const accounts = existsSync(join(dir, 'accounts.csv'))
    ? await readRows(dir, 'accounts.csv', accountRowSchema, { columns: accountRowSchema, faults })
    : undefined;
  const json = existsSync(join(dir, 'tariffs.json')) ? await readJson(dir, 'tariffs.json', faults) : undefined;
  const tariffs =
    json === undefined ? undefined : checkPart(tariffsSchema, json.value, { json, path: [], level: 'leftOut', faults });
  return { ...(accounts !== undefined && { accounts }), ...(tariffs !== undefined && { tariffs }) };
}

async function readSegments(dir: string, faults: CountyFaults): Promise<Pick<County, 'segments'>> {
  if (!existsSync(join(dir, 'segments.csv'))) return {};
  return { segments: await readRows(dir, 'segments.csv', segmentRowSchema, { columns: segmentRowSchema, faults }) };
}

/** The value of a key, where the text has an object at all. */
const part = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

async function readFeeds(dir: string, faults: CountyFaults): Promise<FeedsRegistry> {
  if (!existsSync(join(dir, 'feeds.json'))) return {};
  const json = await readJson(dir, 'feeds.json', faults);
  if (json === undefined) return {};
  const { value } = json;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.add('error', json.placeOf([]), 'The file must be an object, in braces.');
    return {};
  }
  warnOfKeys(Object.keys(feedsRegistrySchema.shape), value, { json, path: [], faults, isStrict: true });
  const digitraffic = part(value, 'digitraffic');
  const at = (path: string[]): { json: typeof json; path: string[]; faults: CountyFaults } => ({ json, path, faults });
  return {
    ...(digitraffic !== undefined && {
      digitraffic: {
        stations: checkEntries(stationSchema, part(digitraffic, 'stations'), at(['digitraffic', 'stations'])),
        sensors: checkEntries(sensorSchema, part(digitraffic, 'sensors'), at(['digitraffic', 'sensors'])),
      },
    }),
    ...(part(value, 'devices') !== undefined && {
      devices: checkEntries(feedDeviceSchema, part(value, 'devices'), at(['devices'])),
    }),
    ...(part(value, 'sparkplug') !== undefined && {
      sparkplug: checkEntries(sparkplugMetricSchema, part(value, 'sparkplug'), at(['sparkplug'])),
    }),
  };
}

/** Warns of files whose names resemble one of a county's: nobody would read them. */
async function checkNames(dir: string, faults: CountyFaults): Promise<void> {
  const known = [...countyFiles.map(({ name }) => name), ...otherCountyNames];
  for (const name of await readdir(dir))
    if (!known.includes(name) && similarTo(name, known) !== undefined)
      faults.add('warning', { file: name }, `A county has no file of this name.${didYouMean(name, known)}`);
}

/** Reads the timetable as far as it can be used; what cannot is left out, and Beacon starts without it. */
async function readTimetable(
  dir: string,
  timeZone: string,
  faults: CountyFaults,
  readParts: ReadParts,
): Promise<Pick<County, 'timetable' | 'timetableFeeds'>> {
  if (existsSync(join(dir, 'gtfs')) && existsSync(join(dir, 'gtfs.zip')))
    faults.add('warning', { file: 'gtfs.zip' }, 'The folder gtfs/ is there, too, and is the one that is read.');
  const { timetable, feeds, faults: found } = timetableOf(await readParts(dir, timeZone));
  if (feeds.length > 1 && feeds.every(({ source }) => source.startsWith('gtfs.zip')))
    faults.add(
      'warning',
      { file: 'gtfs.zip' },
      `It holds ${feeds.length} timetables: ${feeds
        .map(describeFeed)
        .map(({ name, holds }) => `${name} (${holds})`)
        .join('; ')}.`,
    );
  for (const { file, reason, count, line } of found)
    faults.add(
      'leftOut',
      { file: file.startsWith('gtfs') ? file : `gtfs/${file}`, ...(line !== undefined && { line }) },
      `${reason}${count === 1 ? '' : ` (${count} times)`}`,
    );
  return { timetableFeeds: feeds, ...(timetable !== undefined && { timetable }) };
}

/**
 * Reads a county's folder (see shared/county/county.ts) and lists everything that is wrong with it. A row or feature
 * with a fault is left out. `nowMs` is for what ends with time, as timetables do; `readParts` reads the timetable, in
 * another thread where the caller must not wait.
 */
export async function readCounty(
  dir: string,
  nowMs: number,
  readParts: ReadParts = readGtfsParts,
): Promise<ReadCounty> {
  const faults = new CountyFaults();
  if (!existsSync(dir)) {
    faults.add(
      'error',
      { file: '.' },
      `The county folder ${dir} does not exist. Give the right one with --county DIR.`,
    );
    return { county: undefined, faults: faults.list() };
  }
  await checkNames(dir, faults);
  const profile = await readProfile(dir, faults);
  const parts = {
    map: await readMap(dir, faults),
    links: await readLinks(dir, faults),
    zones: await readZones(dir, faults),
    detectors: await readRows(dir, 'detectors.csv', detectorRowSchema, { columns: detectorRowSchema, faults }),
    meters: await readRows(dir, 'meters.csv', meterRowSchema, { columns: meterRowSchema, faults }),
    units: await readRows(dir, 'units.csv', unitRowSchema, { columns: unitColumnsSchema, faults }),
    feeds: await readFeeds(dir, faults),
    ...(await readTurns(dir, faults)),
    ...(await readSegments(dir, faults)),
    ...(await readPositions(dir, faults)),
    ...(await readBilling(dir, faults)),
  };
  if (profile === undefined || faults.hasErrors) return { county: undefined, faults: faults.list() };
  const schedule = await readTimetable(dir, profile.timeZone, faults, readParts);
  const county = dropUnusable({ profile, ...parts, ...schedule }, faults);
  checkPlausibility(county, faults);
  if (county.timetable !== undefined) checkTimetable(county.timetable, profile, nowMs, faults);
  return { county: addFeedDevices(county), faults: faults.list() };
}

/** One sentence for the end of the program: the first fault, and how many more there are. */
export function refusalOf(dir: string, faults: readonly CountyFault[]): CountyError {
  const errors = faults.filter(({ level }) => level === 'error');
  const [first] = errors;
  if (first === undefined) return new CountyError(`The county in ${dir} cannot be used.`);
  if (first.file === '.') return new CountyError(first.text);
  const more = errors.length > 1 ? ` ${errors.length - 1} more: npm run county -- check ${dir}` : '';
  return new CountyError(`${join(dir, placeOf(first))}: ${first.text} Mend it and start again.${more}`);
}

/** Reads a county's folder. Throws a CountyError where it cannot be used. */
export async function loadCounty(dir: string, nowMs = Date.now()): Promise<County> {
  const { county, faults } = await readCounty(dir, nowMs);
  if (county === undefined) throw refusalOf(dir, faults);
  return county;
}

/** Reads only the parts of a county that a report needs. Throws a CountyError. */
export async function loadCountyMap(dir: string): Promise<Pick<County, 'profile' | 'map' | 'links' | 'positions'>> {
  const faults = new CountyFaults();
  const profile = await readProfile(dir, faults);
  const read = {
    map: await readMap(dir, faults),
    links: await readLinks(dir, faults),
    ...(await readPositions(dir, faults)),
  };
  if (profile === undefined || faults.hasErrors) throw refusalOf(dir, faults.list());
  return { profile, ...read };
}
