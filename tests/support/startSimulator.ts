import { startBuilt } from './startBuilt.ts';
import type { BuiltProcess } from './startBuilt.ts';

export type SimulatorRun = Omit<BuiltProcess, 'ready'>;

/** Starts the built simulator; resolves once its county is live on the broker. */
export async function startSimulator(
  brokerUrl: string,
  countyDir: string,
  args: readonly string[] = [],
): Promise<SimulatorRun> {
  return startBuilt('simulator', ['run', '--broker', brokerUrl, '--county', countyDir, ...args], /is live on/);
}
