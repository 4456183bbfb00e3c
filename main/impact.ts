import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { importValues } from './engine/impact/importValues.ts';
import { verifyEvaluation } from './engine/impact/verifyEvaluation.ts';
import { leaveNoTrace } from './engine/maintenance/leaveNoTrace.ts';
import { loadCounty } from './engine/registry/loadCounty.ts';
import { lockDataFolder } from './engine/store/DataFolderLock.ts';
import { LedgerFile } from './engine/store/ledger/LedgerFile.ts';
import { LedgerReader } from './engine/store/ledger/LedgerReader.ts';
import { readRecord } from './engine/store/record/readRecord.ts';
import { findCountyDir } from './findCountyDir.ts';
import { defaultDataDir } from './options.ts';
import { StartError } from './StartError.ts';

const WRONG_USE = 2;
const wrong = (sentence: string): StartError => new StartError(`${sentence} See --help.`, WRONG_USE);

const flags = { data: { type: 'string' }, county: { type: 'string' }, measure: { type: 'string' } } as const;

type ImpactTask = { dataDir: string; file: string } & (
  { task: 'verify' } | { task: 'import'; measureId: string; countyDir: string }
);

/** Reads the arguments of `npm run engine -- impact …`. Throws a StartError that names what is wrong. */
export function readImpactTask(args: readonly string[]): ImpactTask {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: true });
  } catch (error) {
    throw wrong(`${error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error)}.`);
  }
  const {
    values: { data, county, measure },
    positionals: [task, file, ...rest],
  } = parsed;
  if ((task !== 'verify' && task !== 'import') || file === undefined || rest.length > 0)
    throw wrong('It is impact verify FILE, or impact import FILE.csv --measure ID.');
  const dataDir = resolve(data ?? defaultDataDir());
  const named = { dataDir, file: resolve(file) };
  if (!existsSync(named.file)) throw new StartError(`There is no file ${named.file}.`);
  if (task === 'verify') return { task, ...named };
  if (measure === undefined) throw wrong('An import needs --measure ID.');
  const countyDir = findCountyDir(county, dataDir);
  if (countyDir === undefined) throw wrong('The days of an import are those of the county: give --county DIR.');
  return { task, ...named, measureId: measure, countyDir };
}

async function verify(dataDir: string, file: string): Promise<string[]> {
  if (!existsSync(join(dataDir, 'record.db')) || !existsSync(join(dataDir, 'ledger.db')))
    throw new StartError(`There is no log or no ledger in ${dataDir}. Choose the data folder with --data DIR.`);
  const leave = leaveNoTrace(dataDir);
  const reader = new LedgerReader(join(dataDir, 'ledger.db'));
  try {
    reader.open();
    const { entries } = readRecord(join(dataDir, 'record.db'));
    const ask: Parameters<typeof verifyEvaluation>[1]['ask'] = (query) => reader.query(query);
    return await verifyEvaluation(readFileSync(file, 'utf8'), { entries, ask, dataDir });
  } finally {
    reader.close();
    leave();
  }
}

async function importFile(task: ImpactTask & { task: 'import' }, nowMs: number): Promise<string[]> {
  const { dataDir, file, measureId, countyDir } = task;
  const { profile } = await loadCounty(countyDir, nowMs);
  const lock = lockDataFolder(dataDir);
  const ledger = new LedgerFile(join(dataDir, 'ledger.db'), profile.timeZone);
  try {
    ledger.open();
    const { days, places, faults } = importValues(ledger, measureId, readFileSync(file, 'utf8'));
    return [...faults, `${days} days of ${measureId} at ${places} place${places === 1 ? '' : 's'} are in the ledger.`];
  } finally {
    ledger.close();
    lock.release();
  }
}

/**
 * Verifies a report of an evaluation, or takes values of before Beacon into the ledger (with the engine stopped).
 * Resolves false where the report does not agree. Throws a StartError or a DataFolderError.
 */
export async function workOnImpact(task: ImpactTask, nowMs: number, say: (line: string) => void): Promise<boolean> {
  if (task.task === 'import') {
    for (const line of await importFile(task, nowMs)) say(line);
    return true;
  }
  const faults = await verify(task.dataDir, task.file);
  for (const fault of faults) say(fault);
  say(
    faults.length === 0
      ? 'The report agrees with the ledger, the definitions, the plan and the log.'
      : 'The report does not agree.',
  );
  return faults.length === 0;
}
