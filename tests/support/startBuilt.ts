import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ENGINE_FLAGS } from '../../main/engineFlags.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const READY_MS = 180_000;

export type BuiltEntry = 'broker' | 'host' | 'simulator' | 'storeWorker';
export type BuiltProcess = {
  pid: number;
  /** The match of the pattern with the ready line. */
  ready: RegExpExecArray;
  /** Everything it has written so far, for the message of a failure. */
  output: () => string;
  /** Asks the process to end, as Ctrl+C does, and resolves to its exit code. */
  stop: () => Promise<number | null>;
  /** Kills the process, so that it cannot put anything in order. */
  kill: () => Promise<number | null>;
};

/** The path of an entry of the build under test. Throws if nothing is built. */
export function builtEntry(entry: BuiltEntry): string {
  const path = join(process.env['BEACON_OUT'] ?? join(ROOT, 'out'), 'main', `${entry}.js`);
  if (!existsSync(path)) throw new Error('Nothing is built: run `npm run build` first.');
  return path;
}

/**
 * Starts an entry of the build in a process of its own, on the Node that runs the tests, and waits until a line of its
 * standard output matches. If it ends before, throws with its output.
 */
export async function startBuilt(
  entry: BuiltEntry,
  args: readonly string[],
  readyLine: RegExp,
  env: NodeJS.ProcessEnv = {},
): Promise<BuiltProcess> {
  // The channel ends the child when the test run dies, so that a killed run leaves no county behind.
  const child = spawn(process.execPath, [...(entry === 'host' ? ENGINE_FLAGS : []), builtEntry(entry), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  });
  const lines: string[] = [];
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const output = (): string => lines.join('\n');
  const ready = await firstMatch(child, lines, readyLine).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${entry} ${args.join(' ')}: ${String(error)}\n${output()}`, { cause: error });
  });
  const end = (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  return { pid: child.pid ?? 0, ready, output, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** Keeps every line that the child writes, and resolves to the first that matches. */
function firstMatch(child: ChildProcess, lines: string[], pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('It is not ready.')), READY_MS);
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      then();
    };
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code) => settle(() => reject(new Error(`It ended with ${String(code)}.`))));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const match = pattern.exec(line);
        if (match !== null) settle(() => resolve(match));
      });
    }
  });
}
