import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ENGINE_FLAGS } from '../../main/engineFlags.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const HOST_SCRIPT = 'out/main/host.js';
const HOST = resolve(ROOT, HOST_SCRIPT);
const START_LIMIT_MS = 180_000;

export type Ended = { code: number | null; signal: NodeJS.Signals | null; output: string; errors: string };
export type CommandRun = {
  pid: number;
  /** What the process has written to standard error so far: the log. */
  errors: () => string;
  output: () => string;
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<Ended>;
};

/**
 * Runs a script of the repository as a person would from a shell, and collects its output. `input` is piped into it.
 */
export function runScript(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input?: string,
): CommandRun {
  const child = spawn(
    process.execPath,
    [...(script === HOST_SCRIPT ? ENGINE_FLAGS : []), resolve(ROOT, script), ...args],
    { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, CI: '1', ...env } },
  );
  child.stdin.end(input);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = new Promise<Ended>((end) => child.on('close', (code, signal) => end({ code, signal, output, errors })));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    errors: () => errors,
    kill: (signal) => child.kill(signal),
    ended,
  };
}

/** Waits for something that happens by itself; if it does not, fails with the name of what was awaited. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  limitMs = 120_000,
): Promise<T> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > endMs) throw new Error(`${what} did not come about in ${String(limitMs / 1000)} s.`);
    await new Promise((again) => setTimeout(again, 50));
  }
}

export type Host = CommandRun & { url: string; /** Ends it as Ctrl+C does. */ stop: () => Promise<Ended> };

/**
 * Starts the built plain Node host, with everything that it starts, as `npm start -- --web` does (or `npm run engine`,
 * by the role). Resolves when it has printed its address; rejects with its output if it does not start.
 */
export async function startHost(
  args: readonly string[],
  { role = 'start', env = {} }: { role?: 'start' | 'engine'; env?: NodeJS.ProcessEnv } = {},
): Promise<Host> {
  if (!existsSync(HOST)) throw new Error('Nothing is built: run `npm run build` first.');
  const run = runScript(HOST_SCRIPT, [role, ...args], env);
  let isOver = false;
  void run.ended.then(() => (isOver = true));
  const url = await eventually(
    'The address of the host',
    () => {
      if (isOver) throw new Error(`The host ended: ${run.errors()}`);
      return /^Beacon is at (\S+)$/m.exec(run.output())?.[1];
    },
    START_LIMIT_MS,
  );
  const stop = (): Promise<Ended> => {
    run.kill('SIGINT');
    return run.ended;
  };
  return { ...run, url, stop };
}
