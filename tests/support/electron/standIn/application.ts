import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Chromium } from './Chromium.ts';

/** An event that a listener may cancel, as Electron emits it. */
export type Preventable = { defaultPrevented: boolean; preventDefault: () => void };
export function preventable(): Preventable {
  const event = { defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) };
  return event;
}

/** The part of a window that the application uses; windows are registered here so that `quit` can ask each of them. */
type Closable = { isDestroyed: () => boolean; closeNow: () => void };

const given = {
  appDir: resolve(process.argv[1] ?? '.'),
  chromium: process.env['BEACON_CHROMIUM'] ?? '/usr/bin/chromium',
};
const manifest = JSON.parse(readFileSync(join(given.appDir, 'package.json'), 'utf8')) as { version: string };

class Application extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = { appendSwitch: (): void => undefined };
  readonly windows = new Set<Closable>();
  /** Processes that end with the application. */
  readonly children = new Set<{ name: string; pid: number | undefined; kill: () => void }>();
  readonly privileges = new Map<string, { secure?: boolean }>();
  isReadyNow = false;
  isSandboxed = false;
  #userData = '';
  #lockFile: string | undefined;
  #chromium: Chromium | undefined;
  #isEnding = false;

  enableSandbox(): void {
    if (this.isReadyNow) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.isSandboxed = true;
  }

  getVersion(): string {
    return manifest.version;
  }

  getAppPath(): string {
    return given.appDir;
  }

  /** Returns the utility processes only; the real list has all processes of the application. */
  getAppMetrics(): { pid: number; name: string }[] {
    return [...this.children].map(({ pid, name }) => ({ pid: pid ?? 0, name }));
  }

  setPath(name: string, path: string): void {
    if (name !== 'userData') throw new Error(`app.setPath('${name}') is not in the stand-in`);
    mkdirSync(path, { recursive: true });
    this.#userData = path;
  }

  getPath(name: string): string {
    if (name !== 'userData' || this.#userData === '') throw new Error(`app.getPath('${name}') is not in the stand-in`);
    return this.#userData;
  }

  /** Makes a file that names the process which holds the lock; a second process notifies the first one by a signal. */
  requestSingleInstanceLock(): boolean {
    const file = join(this.getPath('userData'), 'stand-in.lock');
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
    } catch {
      process.kill(Number(readFileSync(file, 'utf8')), 'SIGUSR2');
      return false;
    }
    this.#lockFile = file;
    process.on('SIGUSR2', () => this.emit('second-instance', {}, [], ''));
    return true;
  }

  whenReady(): Promise<void> {
    return this.isReadyNow ? Promise.resolve() : new Promise((resolve) => this.once('ready', resolve));
  }

  needsReady(what: string): void {
    if (!this.isReadyNow) throw new Error(`${what} cannot be used before the app is ready`);
  }

  get chromium(): Chromium {
    this.#chromium ??= new Chromium(given.chromium, join(this.getPath('userData'), 'chromium'));
    return this.#chromium;
  }

  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size === 0 && !this.#isEnding && !this.emit('window-all-closed')) this.quit();
  }

  /** Quits in Electron's order: before-quit, every window's close, will-quit, quit. */
  quit(): void {
    if (this.#isEnding) return;
    if (this.#isPrevented('before-quit')) return;
    this.#isEnding = true;
    for (const window of [...this.windows]) {
      window.closeNow();
      if (!window.isDestroyed()) {
        this.#isEnding = false;
        return;
      }
    }
    if (this.#isPrevented('will-quit')) this.#isEnding = false;
    else this.exit(0);
  }

  exit(code = 0): void {
    this.#isEnding = true;
    this.emit('quit', {}, code);
    for (const child of this.children) child.kill();
    if (this.#lockFile !== undefined) rmSync(this.#lockFile, { force: true });
    void (this.#chromium?.close() ?? Promise.resolve()).then(() => process.exit(code));
  }

  #isPrevented(name: string): boolean {
    const event = preventable();
    this.emit(name, event);
    return event.defaultPrevented;
  }
}

export const app = new Application();
