import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { launchElectron } from './launchElectron.ts';
import { launchStandIn } from './launchStandIn.ts';
import type { ShellApp } from './ShellApp.ts';

/** The installed runtime, or undefined. The package is only read: importing it would run its installer. */
export function electronPath(env: NodeJS.ProcessEnv): string | undefined {
  const packageDir = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pointer = join(packageDir, 'path.txt');
  const program = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : 'electron';
  const path = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageDir, 'dist'), program);
  return existsSync(path) ? path : undefined;
}

/** Runs a built application on Electron where it is installed, on the stand-in elsewhere. */
export async function launchShell(appDir: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<ShellApp> {
  const runtime = electronPath(env);
  return runtime === undefined ? launchStandIn(appDir, args, env) : launchElectron(runtime, appDir, args, env);
}
