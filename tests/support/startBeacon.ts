import { startBuilt } from './startBuilt.ts';
import type { BuiltProcess } from './startBuilt.ts';

export type BeaconOptions = {
  dataDir: string;
  /** 0, the default, means any free port. */ port?: number;
  /** Further options of `npm start`, such as `--scenario crash`. */ args?: readonly string[];
};
export type RunningBeacon = Omit<BuiltProcess, 'ready'> & { url: string; port: number };

/** Starts the built host, which serves its screen at `url`. */
export async function startBeacon({ dataDir, port = 0, args = [] }: BeaconOptions): Promise<RunningBeacon> {
  const { ready, ...process } = await startBuilt(
    'host',
    ['start', '--web', '--data', dataDir, '--port', String(port), ...args],
    /^Beacon is at (http:\S+)/,
  );
  const url = ready[1] ?? '';
  return { ...process, url, port: Number(new URL(url).port) };
}
