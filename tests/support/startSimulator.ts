import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtEntry, startBuilt } from './startBuilt.ts';
import type { BuiltProcess } from './startBuilt.ts';

export type SimulatorRun = Omit<BuiltProcess, 'ready'>;

/**
 * Writes a made-up county of a tenth of the usual size: everything that a county has, and little enough for a slow
 * machine.
 */
export async function writeTenthCounty(dir: string): Promise<void> {
  await promisify(execFile)(process.execPath, [builtEntry('simulator'), 'generate', '--out', dir, '--scale', '0.1']);
}

/** The built simulator, from the moment that its county is live on the broker. */
export async function startSimulator(
  brokerUrl: string,
  countyDir: string,
  args: readonly string[] = [],
): Promise<SimulatorRun> {
  return startBuilt('simulator', ['run', '--broker', brokerUrl, '--county', countyDir, ...args], /is live on/);
}
