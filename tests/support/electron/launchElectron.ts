import { _electron } from '@playwright/test';
import type { ShellApp } from './ShellApp.ts';

/** Runs a built application on the real Electron runtime. */
export async function launchElectron(
  executablePath: string,
  appDir: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ShellApp> {
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const application = await _electron.launch({
    executablePath,
    args: [appDir, ...args],
    env: Object.fromEntries(given),
  });
  const child = application.process();
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    runtime: 'Electron',
    pid: child.pid ?? 0,
    page: () => application.firstWindow(),
    evaluateMain: (run, argument) =>
      application.evaluate(run as Parameters<typeof application.evaluate>[0], argument) as Promise<never>,
    output: () => output.join(''),
    exited,
    quit: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}
