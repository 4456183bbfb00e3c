import { createInterface } from 'node:readline';
import type { Log } from './engine/base/engine.ts';
import { StartError } from './StartError.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const STOP_MS = 2000;
const LISTEN_MS = 15_000;
const LAST_WORDS_MS = 100;

/** The part of a child that is needed here: a child process and Electron's utility process both have it. */
export type Child = {
  stdout: NodeJS.ReadableStream | null;
  stderr: NodeJS.ReadableStream | null;
  on: (event: 'exit', listener: (code: number | null) => void) => unknown;
  kill: (signal?: 'SIGKILL') => boolean;
};
type ChildEntry = 'broker' | 'portal' | 'simulator';
/** Starts a built entry of out/main by its name; `env` is added to the environment of `childEnv`. */
export type SpawnEntry = (entry: ChildEntry, args: string[], env?: Record<string, string>) => Child;

/** The secrets in the environment of this process, and the children that read them. */
const readersOf: Readonly<Record<string, readonly ChildEntry[]>> = {
  BEACON_MQTT_USERNAME: ['simulator'],
  BEACON_MQTT_PASSWORD: ['simulator'],
  BEACON_BACKUP_PASSPHRASE: [],
  BEACON_MONITORING_TOKEN: [],
};

/**
 * The environment for a child, without the secrets that it does not read: everybody reaches the portal, and
 * devices reach the broker. Windows takes names of variables in capitals and in small letters for the same.
 */
export function childEnv(entry: ChildEntry, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const mayRead = (name: string): boolean => readersOf[name.toUpperCase()]?.includes(entry) ?? true;
  return Object.fromEntries(Object.entries(env).filter(([name]) => mayRead(name)));
}

/**
 * One child that has to run. Once `keep` was called, it is started again with growing pauses when it ends, until it is
 * stopped.
 */
export class Keeper {
  readonly #name: string;
  readonly #start: () => Child;
  readonly #log: Log;
  #child: Child | undefined;
  #retryMs = FIRST_RETRY_MS;
  #timer: NodeJS.Timeout | undefined;
  #ended: Promise<void> = Promise.resolve();
  #isKept = false;

  constructor(name: string, start: () => Child, log: Log) {
    this.#name = name;
    this.#start = start;
    this.#log = log;
  }

  run(): Child {
    const child = this.#start();
    const startedAtMs = performance.now();
    this.#child = child;
    if (child.stderr !== null)
      createInterface({ input: child.stderr }).on('line', (line) => this.#log('warn', `${this.#name}: ${line}`));
    this.#ended = new Promise((resolve) => {
      child.on('exit', (code) => {
        resolve();
        if (this.#isKept) this.#runAgain(code, performance.now() - startedAtMs);
      });
    });
    return child;
  }

  keep(): void {
    this.#isKept = true;
  }

  async stop(): Promise<void> {
    this.#isKept = false;
    clearTimeout(this.#timer);
    this.#child?.kill();
    const limit = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(limit);
  }

  #runAgain(code: number | null, ranForMs: number): void {
    if (ranForMs > LONGEST_RETRY_MS) this.#retryMs = FIRST_RETRY_MS;
    this.#log('error', `The ${this.#name} ended (code ${String(code)}) and is started again.`);
    this.#timer = setTimeout(() => this.run().stdout?.resume(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }
}

/**
 * Resolves with the port that a starting child reports in one line of JSON; rejects with the child's own words, or with
 * the sentence, where it ends or stays silent.
 */
export function listeningPort(child: Child, sentence: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = sentence;
    const fail = (): void => reject(new StartError(said));
    const timer = setTimeout(fail, LISTEN_MS);
    // The child's last words may arrive after its end.
    child.on('exit', () => setTimeout(fail, LAST_WORDS_MS));
    if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => (said = line));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const listening = /^\{"listening":(\d+)\}$/.exec(line)?.[1];
      if (listening === undefined) return;
      clearTimeout(timer);
      resolve(Number(listening));
    });
  });
}
