// @ts-check
// Runs what the launcher starts, and starts it again when it dies. Like the launcher it is plain JavaScript without
// dependencies.
import { spawn } from 'node:child_process';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** After a run of this length the pauses begin with the first one again. */
const STEADY_MS = 60_000;
const PARENT_EVERY_MS = 500;

/**
 * @param {number} shortRuns how many short runs came before, one after another
 * @returns {number} how long to wait before the next one
 */
export const pauseMs = (shortRuns) => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** shortRuns);

/**
 * npm passes a signal to its shell alone, which dies of it without passing it on. The end of that shell is seen by the
 * other parent that this process then has. Windows keeps the number of a parent that is gone.
 *
 * @param {() => void} end
 */
function onShellEnd(end) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, PARENT_EVERY_MS);
  timer.unref();
}

/**
 * Passes signals to the child that runs now. A terminal sends Ctrl+C to the whole group, and a second one would end the
 * child at once; only a signal that a program sends must be passed on.
 *
 * @param {(signal: 'SIGINT' | 'SIGTERM', isPassedOn: boolean) => void} stop
 */
function onSignals(stop) {
  process.on('SIGINT', () => stop('SIGINT', !process.stdin.isTTY));
  process.on('SIGTERM', () => stop('SIGTERM', true));
  process.on('SIGHUP', () => stop('SIGTERM', true));
  if (process.env['npm_lifecycle_event'] !== undefined) onShellEnd(() => stop('SIGTERM', true));
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {(line: string) => void} onLine
 */
function spawnChild(command, args, onLine) {
  const child = spawn(command, args, { cwd: process.cwd(), stdio: ['inherit', 'pipe', 'inherit', 'ipc'] });
  child.stdout?.on('data', (/** @type {Buffer} */ chunk) => {
    process.stdout.write(chunk);
    for (const line of chunk.toString('utf8').split('\n')) onLine(line);
  });
  child.on('error', (error) => {
    process.stderr.write(`${command} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  return child;
}

/**
 * Runs a child in place of this process: signals are passed to it, and its exit code becomes ours. With `againAfter` it
 * is kept: once a line of its output has matched, it is started again with growing pauses whenever it dies by itself,
 * so that whatever ends an engine costs seconds and not the night.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {RegExp} [options.againAfter] matches the line that says that the child has begun its work
 * @param {(ready: RegExpExecArray) => string[]} [options.argsAgain] further arguments for the next start, so that it
 *   has the address that it had
 * @param {(line: string) => void} [options.onLine]
 */
export function keepRunning(command, args, { againAfter, argsAgain = () => [], onLine = () => undefined } = {}) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** @type {RegExpExecArray | null} */
  let ready = null;
  let isStopping = false;
  let shortRuns = 0;

  const run = () => {
    const startedMs = performance.now();
    child = spawnChild(command, ready === null ? args : [...args, ...argsAgain(ready)], (line) => {
      ready = againAfter?.exec(line) ?? ready;
      onLine(line);
    });
    child.on('close', (code, signal) => {
      child = undefined;
      if (isStopping || ready === null || code === 0) process.exit(code ?? 1);
      if (performance.now() - startedMs >= STEADY_MS) shortRuns = 0;
      const ms = pauseMs(shortRuns++);
      const how = signal === null ? `code ${String(code)}` : signal;
      process.stderr.write(`Beacon ended by itself (${how}) and is started again in ${String(ms / 1000)} s.\n`);
      setTimeout(run, ms);
    });
  };

  onSignals((signal, isPassedOn) => {
    isStopping = true;
    if (child === undefined) process.exit(0);
    if (isPassedOn) child.kill(signal);
  });
  run();
}
