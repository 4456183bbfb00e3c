import { MessageChannelMain, utilityProcess } from 'electron';
import type { UtilityProcess, WebContents } from 'electron';
import { z } from 'zod';
import { PORT_CHANNEL } from '../../shared/shellBridge.ts';
import type { EngineOptions, Log } from '../engine/base/engine.ts';
import { ENGINE_FLAGS } from '../engineFlags.mjs';
import { RestartBackoff } from './RestartBackoff.ts';

const STOP_LIMIT_MS = 5_000;

const report = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), isStoreNew: z.boolean() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

export type EngineEvents = {
  onReady: (isStoreNew: boolean) => void;
  /**
   * Called with a sentence for the person when the engine could not start although it never ran before. It is not tried
   * again.
   */
  onRefused: (message: string) => void;
};

/**
 * Runs the engine in a process of its own, and starts it again with growing pauses whenever it dies. A page that asks
 * for a port meanwhile gets it as soon as an engine is ready. The ports of a dead engine close by themselves, which is
 * how the pages notice it.
 */
export class EngineProcess {
  readonly #modulePath: string;
  readonly #events: EngineEvents;
  readonly #log: Log;
  readonly #isWall: boolean;
  readonly #backoff = new RestartBackoff();
  readonly #waiting = new Set<WebContents>();
  #options: EngineOptions | undefined;
  #child: UtilityProcess | undefined;
  #isReady = false;
  #hasEverRun = false;
  #isStopping = false;
  #restart: NodeJS.Timeout | undefined;

  /**
   * @param modulePath the built engine, out/main/engine.js
   * @param isWall whether all windows are displays that nobody sits at
   */
  constructor(modulePath: string, events: EngineEvents, log: Log, isWall: boolean) {
    this.#modulePath = modulePath;
    this.#events = events;
    this.#log = log;
    this.#isWall = isWall;
  }

  /** Call this once, when the application is ready and the address of the broker is known. */
  start(options: EngineOptions): void {
    this.#options = options;
    if (!this.#isStopping) this.#fork();
  }

  /** Gives the page its own port to the engine: now, or when there is an engine. */
  connect(page: WebContents): void {
    if (this.#isReady) this.#handOver(page);
    else this.#waiting.add(page);
  }

  /** Lets the engine commit the values in hand, and kills it where that takes too long. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child === undefined) return;
    const limit = setTimeout(() => child.kill(), STOP_LIMIT_MS);
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.postMessage({ type: 'stop' });
    });
    clearTimeout(limit);
  }

  #fork(): void {
    const startedMs = performance.now();
    const child = utilityProcess.fork(this.#modulePath, [], {
      serviceName: 'Beacon engine',
      stdio: 'inherit',
      // Electron takes these as switches of its own command line, and passes on to V8 what `--js-flags` has.
      execArgv: [`--js-flags=${ENGINE_FLAGS.join(' ')}`],
    });
    this.#child = child;
    child.on('message', (message: unknown) => this.#heed(message));
    // 'exit' follows; without a listener an 'error' event would end the shell too.
    child.on('error', (type, location) =>
      this.#log('error', 'The engine ran out of memory or the like', { type, location }),
    );
    child.once('exit', (code) => this.#exited(code, performance.now() - startedMs));
    child.postMessage({ type: 'start', options: this.#options });
  }

  #heed(message: unknown): void {
    const parsed = report.safeParse(message);
    if (!parsed.success) this.#log('error', 'The engine sent something that the shell does not know');
    else if (parsed.data.type === 'ready') this.#ready(parsed.data.isStoreNew);
    else this.#failed(parsed.data.message);
  }

  #ready(isStoreNew: boolean): void {
    this.#isReady = true;
    this.#hasEverRun = true;
    for (const page of this.#waiting) this.#handOver(page);
    this.#waiting.clear();
    this.#events.onReady(isStoreNew);
  }

  #failed(message: string): void {
    this.#log('error', message);
    if (this.#hasEverRun) this.#child?.kill();
    else this.#events.onRefused(message);
  }

  #exited(code: number, ranForMs: number): void {
    this.#child = undefined;
    this.#isReady = false;
    if (this.#isStopping) return;
    const delayMs = this.#backoff.delayMs(ranForMs);
    this.#log('error', 'The engine died and is started again', { code, delayMs });
    this.#restart = setTimeout(() => this.#fork(), delayMs);
  }

  #handOver(page: WebContents): void {
    if (page.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#child?.postMessage({ type: 'connect', isWall: this.#isWall }, [port1]);
    page.mainFrame.postMessage(PORT_CHANNEL, null, [port2]);
  }
}
