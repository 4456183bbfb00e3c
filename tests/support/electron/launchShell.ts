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

const STAND_IN_NOTE = `The shell runs on the stand-in for Electron, over a real Chromium, since the runtime is not installed. Not checked that way: the true custom scheme,
windows of the operating system (kiosk, several monitors, scaling, Wayland), the sandbox, fuses and archive at run time, native modules inside Electron, the GPU
process, permissions at the moment of use, performance.`;

let isTold = false;

function tell(note: string): void {
  if (!isTold) process.stdout.write(`${note}\n`);
  isTold = true;
}

/** Runs a built application on Electron if it is installed, and otherwise on the stand-in; says which. */
export async function launchShell(
  appDir: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<ShellApp> {
  const runtime = electronPath(env);
  if (runtime === undefined) {
    tell(STAND_IN_NOTE);
    return launchStandIn(appDir, args, env);
  }
  tell(`The shell runs on Electron: ${runtime}`);
  return launchElectron(runtime, appDir, args, env);
}
