import { spawn, spawnSync } from 'node:child_process';
import { eventually } from '../../support/startHost.ts';

/** A program that receives the same messages. */
export type Peer = {
  /** Messages committed so far. */
  received: () => Promise<number>;
  stop: () => Promise<void>;
};

/** True if the program is on the PATH. */
export const isInstalled = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Starts a program and waits until its web server answers; returns the function that stops it. */
export async function runPeer(program: string, args: readonly string[], url: string): Promise<() => Promise<void>> {
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = (): void => void child.kill();
  process.once('exit', end);
  const stop = async (): Promise<void> => {
    process.off('exit', end);
    end();
    await ended;
  };
  await eventually(
    `${program} at ${url}`,
    () =>
      fetch(url).then(
        () => true,
        () => undefined,
      ),
    60_000,
  ).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return stop;
}
