import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';

type Reply = {
  id?: number;
  method?: string;
  params?: unknown;
  sessionId?: string;
  result?: unknown;
  error?: { message: string };
};
export type Params = Record<string, unknown>;

// Electron adds a port's `close` event to every page (https://www.electronjs.org/docs/latest/tutorial/message-ports);
// Chromium has this event only behind a switch.
const FLAGS = [
  '--enable-blink-features=MessagePortCloseEvent',
  '--headless',
  '--no-sandbox',
  '--no-first-run',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-popup-blocking',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/**
 * A real Chromium that is controlled over a pipe, so that it ends when this process does; a port beside the pipe lets
 * the specs watch the same pages.
 */
export class Chromium {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (result: Params) => void; reject: (error: Error) => void }>();
  readonly #sessions = new Map<string, EventEmitter>();
  readonly #output: Writable;
  #count = 0;
  /** Where other clients connect. */
  readonly endpoint: Promise<string>;

  constructor(path: string, profileDir: string) {
    this.#process = spawn(
      path,
      [...FLAGS, `--user-data-dir=${profileDir}`, '--remote-debugging-pipe', '--remote-debugging-port=0'],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
    );
    this.#output = this.#process.stdio[3] as Writable;
    this.#output.on('error', () => undefined);
    let text = '';
    (this.#process.stdio[4] as Readable).setEncoding('utf8').on('data', (part: string) => {
      const replies = (text + part).split('\0');
      text = replies.pop() ?? '';
      for (const reply of replies) this.#receive(JSON.parse(reply) as Reply);
    });
    this.endpoint = new Promise((resolve, reject) => {
      let log = '';
      this.#process.stderr?.setEncoding('utf8').on('data', (part: string) => {
        log += part;
        const url = /DevTools listening on (\S+)/.exec(log)?.[1];
        if (url !== undefined) resolve(url);
      });
      this.#process.once('exit', () => reject(new Error(`Chromium ended: ${log.slice(-2000)}`)));
    });
  }

  /** @param sessionId the target; without it, the browser */
  send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    const id = ++this.#count;
    this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Events of one target, or of the browser itself for the empty string. */
  events(sessionId: string): EventEmitter {
    const known = this.#sessions.get(sessionId) ?? new EventEmitter();
    this.#sessions.set(sessionId, known);
    return known;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    const limit = setTimeout(() => this.#process.kill('SIGKILL'), 3_000);
    this.send('Browser.close').catch(() => undefined);
    await ended;
    clearTimeout(limit);
  }

  #receive({ id, method, params, sessionId, result, error }: Reply): void {
    if (method !== undefined) this.#sessions.get(sessionId ?? '')?.emit(method, params);
    if (id === undefined) return;
    const call = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) call?.resolve(result as Params);
    else call?.reject(new Error(error.message));
  }
}
