import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PORTAL_VARIABLE } from '../shared/public/publicContract.ts';
import type { PortalLine, PortalSettings } from '../shared/public/publicContract.ts';
import type { Log } from './engine/base/engine.ts';
import { Keeper, listeningPort } from './Keeper.ts';
import type { SpawnEntry } from './Keeper.ts';
import type { PortalOptions } from './portalOptions.ts';

/** A socket in a folder that is for this account alone, or on Windows a pipe of a name that cannot be guessed. */
function makeLine(): PortalLine {
  const secret = randomBytes(24).toString('base64url');
  const path =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\beacon-${randomBytes(16).toString('hex')}`
      : join(mkdtempSync(join(tmpdir(), 'beacon-')), 'portal');
  return { path, secret };
}

/** The process of the citizens' portal, which is started again whenever it ends. */
export class PortalRun {
  readonly line = makeLine();
  readonly #options: PortalOptions;
  readonly #keeper: Keeper;
  readonly #log: Log;
  #port: number;
  #isStopped = false;

  constructor(options: PortalOptions, spawn: SpawnEntry, log: Log) {
    this.#options = options;
    this.#port = options.port;
    this.#log = log;
    this.#keeper = new Keeper('portal', () => spawn('portal', [], { [PORTAL_VARIABLE]: this.#settings() }), log);
  }

  /** Starts it, and resolves with its address, or with undefined where it does not listen yet. */
  async open(): Promise<string | undefined> {
    const { host, tls } = this.#options;
    this.#keeper.keep();
    try {
      // A restart keeps the address.
      this.#port = await listeningPort(this.#keeper.run(), 'It did not start.');
    } catch (error) {
      // One that was ended while it started did not fail.
      if (this.#isStopped) return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      this.#log('error', `The citizens' portal cannot be reached: ${reason} It is tried again.`);
      return undefined;
    }
    const name = host.includes(':') ? `[${host}]` : host;
    return `${tls === undefined ? 'http' : 'https'}://${name}:${String(this.#port)}`;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#keeper.stop();
    if (process.platform !== 'win32') rmSync(dirname(this.line.path), { recursive: true, force: true });
  }

  #settings(): string {
    const { host, isAnyPortFine, tls, proxy } = this.#options;
    return JSON.stringify({
      line: this.line,
      host,
      port: this.#port,
      isAnyPortFine,
      ...(tls !== undefined && { tls: { cert: tls.cert, key: tls.key } }),
      ...(proxy !== undefined && { proxy }),
    } satisfies PortalSettings);
  }
}
