import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import { childEnv } from '../Keeper.ts';
import type { SpawnEntry } from '../Keeper.ts';

/** Runs a built entry as a utility process: fuses forbid the runtime to act as plain Node. */
export const spawnUtility: SpawnEntry = (entry, args, env) => {
  const child = utilityProcess.fork(join(app.getAppPath(), 'out/main', `${entry}.js`), args, {
    serviceName: `Beacon ${entry}`,
    stdio: 'pipe',
    env: { ...childEnv(entry, process.env), ...env },
  });
  // 'exit' follows, and the caller handles it; without a listener an 'error' event would end the shell too.
  child.on('error', () => undefined);
  return child;
};
