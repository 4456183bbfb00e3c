import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { isAbsolute } from 'node:path';
import type { Readable } from 'node:stream';
import { app } from './application.ts';
import { PortLink } from './ports.ts';
import type { PortMessage } from './ports.ts';

type ForkOptions = {
  serviceName?: string;
  stdio?: 'inherit' | 'pipe' | 'ignore';
  env?: NodeJS.ProcessEnv;
  /** Switches of Chromium, of which `--js-flags` alone has a meaning here. */
  execArgv?: readonly string[];
};

const JS_FLAGS = '--js-flags=';
const flagsIn = (switches: readonly string[]): string[] =>
  switches.filter((each) => each.startsWith(JS_FLAGS)).flatMap((each) => each.slice(JS_FLAGS.length).split(' '));

/**
 * A forked Node process. The real one is a Chromium child process without a sandbox, which also ends with its parent.
 */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #link: PortLink;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly name: string;
  pid: number | undefined;

  constructor(
    path: string,
    args: string[],
    { stdio = 'inherit', env = process.env, serviceName = 'Node Utility Process', execArgv = [] }: ForkOptions,
  ) {
    super();
    app.needsReady('utilityProcess.fork');
    if (!isAbsolute(path)) throw new TypeError('Invalid value for modulePath');
    const child = fork(path, args, {
      env,
      execArgv: [...flagsIn(execArgv), '--import', new URL('utility.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: ['ignore', stdio, stdio, 'ipc'],
    });
    this.#child = child;
    this.name = serviceName;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    this.#link = new PortLink((message) => this.#send(message));
    app.children.add(this);
    child.once('spawn', () => {
      this.pid = child.pid;
      this.emit('spawn');
    });
    child.on('message', (message: PortMessage | { kind: 'parent'; data: unknown }) => {
      if (message.kind === 'parent') this.emit('message', message.data);
      else this.#link.feed(message);
    });
    child.once('exit', (code, signal) => this.#exited(code ?? (signal === 'SIGTERM' ? 15 : 9)));
  }

  postMessage(data: unknown, transfer: readonly unknown[] = []): void {
    this.#send({ kind: 'parent', data: structuredClone(data), ports: this.#link.give(transfer) });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  #send(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as Parameters<ChildProcess['send']>[0]);
  }

  #exited(exitCode: number): void {
    this.pid = undefined;
    app.children.delete(this);
    this.#link.close();
    this.emit('exit', exitCode);
    if (exitCode !== 0)
      app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed', exitCode, name: this.name });
  }
}

export const utilityProcess = {
  fork: (path: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess =>
    new UtilityProcess(path, args, options),
};
