import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const names = ['county.json', 'network.geojson', 'zones.geojson', 'detectors.csv', 'meters.csv', 'units.csv'];

/** Reads the files of a county folder that its devices need, by name. Throws where the folder cannot be read. */
export async function readCountyFolder(folder: string): Promise<Map<string, string>> {
  const files = await readdir(folder);
  const timetable = files.includes('gtfs')
    ? (await readdir(join(folder, 'gtfs'))).filter((name) => name.endsWith('.txt')).map((name) => `gtfs/${name}`)
    : [];
  const wanted = [...names.filter((name) => files.includes(name)), ...timetable];
  return new Map(
    await Promise.all(wanted.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}
