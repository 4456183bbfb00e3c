import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Window } from './scoreNab.ts';

/** One series of the benchmark in the order of its stream, with the rows of its labelled windows. */
export type NabFile = {
  /** Group and file: `realTraffic/speed_6005.csv`. */
  path: string;
  group: string;
  timestamps: string[];
  atMs: Float64Array;
  values: Float64Array;
  windows: Window[];
};

const labelSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

/** The files say local time without a zone; it is taken as UTC. */
const timeOf = (timestamp: string): number => Date.parse(`${timestamp.replace(' ', 'T')}Z`);

/** Limits of windows are searched by the first row of that time, since files have times twice and steps back. */
function windowsOf(atMs: Float64Array, limits: readonly (readonly [string, string])[]): Window[] {
  return limits
    .map(([from, to]) => ({ first: atMs.indexOf(timeOf(from)), last: atMs.indexOf(timeOf(to)) }))
    .filter(({ first, last }) => first >= 0 && last > first);
}

function readFile(data: string, path: string, limits: readonly (readonly [string, string])[]): NabFile {
  const rows = parse<{ timestamp: string; value: string }>(readFileSync(join(data, path)), { columns: true });
  const timestamps = rows.map(({ timestamp }) => timestamp);
  const atMs = Float64Array.from(timestamps, timeOf);
  return {
    path,
    group: path.split('/')[0] ?? '',
    timestamps,
    atMs,
    values: Float64Array.from(rows, ({ value }) => Number(value)),
    windows: windowsOf(atMs, limits),
  };
}

/** All series of a folder laid out as the benchmark is: `data/GROUP/FILE.csv` and `labels/combined_windows.json`. */
export function readNab(folder: string): NabFile[] {
  const labels = labelSchema.parse(JSON.parse(readFileSync(join(folder, 'labels/combined_windows.json'), 'utf8')));
  const data = join(folder, 'data');
  return readdirSync(data)
    .filter((group) => statSync(join(data, group)).isDirectory())
    .flatMap((group) => readdirSync(join(data, group)).map((file) => `${group}/${file}`))
    .filter((path) => path.endsWith('.csv'))
    .sort()
    .map((path) => readFile(data, path, labels[path] ?? []));
}
