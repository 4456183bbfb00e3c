import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { placeOf } from '../shared/county/countyFault.ts';
import type { CountyFault } from '../shared/county/countyFault.ts';
import { parsePlaybook } from './engine/incidents/playbooks/parsePlaybook.ts';
import { openCounty } from './engine/openCounty.ts';
import { describeCounty } from './engine/registry/describeCounty.ts';
import { readCounty } from './engine/registry/loadCounty.ts';
import { writeNewCounty } from './engine/registry/newCounty.ts';
import type { ImportTask } from './import/importCounty.ts';
import { progressBar } from './import/progressBar.ts';
import { readImportTask } from './import/readImportTask.ts';
import { findRoute, readRouteTask } from './routeCommand.ts';
import type { RouteTask } from './routeCommand.ts';
import { StartError } from './StartError.ts';

const WRONG_USE = 2;

/** Work on the files of a county, without a broker and without a data folder. */
type CountyTask = { task: 'check' | 'new'; dir: string } | ImportTask | RouteTask;

/** Reads the arguments of `npm run county -- …`. Throws a StartError that names what is wrong. */
export function readCountyTask([task, ...args]: readonly string[]): CountyTask {
  if (task === 'import') return readImportTask(args);
  if (task === 'route') return readRouteTask(args);
  const [dir, ...rest] = args;
  if ((task !== 'check' && task !== 'new') || dir === undefined || dir.startsWith('-') || rest.length > 0)
    throw new StartError('Write: npm run county -- check DIR, new DIR, import … or route …. See --help.', WRONG_USE);
  return { task, dir: resolve(dir) };
}

const levels: Record<CountyFault['level'], string> = { error: 'error', leftOut: 'left out', warning: 'warning' };

/** Playbooks with faults are not used; the ones that Beacon comes with stay in use. */
async function playbookFaults(dir: string): Promise<CountyFault[]> {
  const folder = join(dir, 'playbooks');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name)) : [];
  const faults = await Promise.all(
    names.map(async (name): Promise<CountyFault[]> => {
      const parsed = parsePlaybook(await readFile(join(folder, name), 'utf8'));
      if (!('faults' in parsed)) return [];
      return parsed.faults.map(({ line, column, reason }) => ({
        level: 'leftOut',
        file: `playbooks/${name}`,
        line,
        column,
        text: reason,
      }));
    }),
  );
  return faults.flat();
}

/** What the positions leave out, as the engine says it at its start. */
async function positionFaults(dir: string): Promise<CountyFault[]> {
  const options = {
    brokerUrl: '',
    dataDir: '',
    countyDir: dir,
    clock: 'wall',
    storeWorkerPath: '',
    version: '',
  } as const;
  const { notices } = await openCounty(options, () => undefined);
  return notices
    .all()
    .filter(({ text }) => text.startsWith('positions.json '))
    .map(({ text }) => ({ level: 'warning', file: 'positions.json', text }));
}

/**
 * Lists everything that is wrong. Resolves false where Beacon would not start with the county, or leaves something out.
 */
async function check(dir: string, nowMs: number, say: (line: string) => void): Promise<boolean> {
  const { county, faults: found } = await readCounty(dir, nowMs);
  const faults = [...found, ...(await playbookFaults(dir)), ...(county === undefined ? [] : await positionFaults(dir))];
  for (const fault of faults) say(`${placeOf(fault)}: ${levels[fault.level]}: ${fault.text}`);
  const count = (level: CountyFault['level']): number => faults.filter((fault) => fault.level === level).length;
  if (county !== undefined) for (const { name, holds } of describeCounty(county)) say(`${name.padEnd(16)} ${holds}`);
  const sum = `${count('error')} errors, ${count('leftOut')} left out, ${count('warning')} warnings.`;
  say(county === undefined ? `Beacon cannot start with ${dir}: ${sum}` : `Beacon starts with ${dir}: ${sum}`);
  return county !== undefined && count('leftOut') === 0;
}

/** Imports a county, and lists what was left out and every fault of what came out. */
async function importFrom(task: ImportTask, nowMs: number, say: (line: string) => void): Promise<boolean> {
  // Only an import needs the readers of maps and feeds, so they are loaded here.
  const { importCounty } = await import('./import/importCounty.ts');
  for (const line of importCounty(task, progressBar(process.stdout))) say(line);
  say('');
  return check(task.dir, nowMs, say);
}

/**
 * Carries out what was asked for; resolves false where the check found something that is not used, or there is no
 * route. Throws a StartError.
 */
export async function workOnCounty(task: CountyTask, nowMs: number, say: (line: string) => void): Promise<boolean> {
  if (task.task === 'import') return importFrom(task, nowMs, say);
  if (task.task === 'route') return findRoute(task, nowMs, say);
  const { dir } = task;
  if (task.task === 'check') return check(dir, nowMs, say);
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new StartError(`${dir} is there already and not empty. Choose a new folder.`, 1);
  for (const name of writeNewCounty(dir)) say(`Wrote ${join(dir, name)}.`);
  say(`Look for faults with: npm run county -- check ${dir}`);
  return true;
}
