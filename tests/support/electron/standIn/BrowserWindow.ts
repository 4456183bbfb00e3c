import { EventEmitter } from 'node:events';
import { app, preventable } from './application.ts';
import { WebContents } from './WebContents.ts';

type Bounds = { x: number; y: number; width: number; height: number };
type Options = Partial<Bounds> & {
  kiosk?: boolean;
  show?: boolean;
  webPreferences: { preload: string } & Record<string, unknown>;
};

const FORBIDDEN: [string, unknown][] = [
  ['sandbox', false],
  ['contextIsolation', false],
  ['nodeIntegration', true],
  ['webSecurity', false],
  ['webviewTag', true],
];

/** A page of Chromium; what would belong to the window manager is only remembered. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly #isKiosk: boolean;
  #bounds: Bounds;
  #title = '';
  #isVisible = false;
  #isMinimized = false;
  #isMaximized = false;
  #isDestroyed = false;

  static getAllWindows(): BrowserWindow[] {
    return [...app.windows] as unknown as BrowserWindow[];
  }

  constructor(options: Options) {
    super();
    app.needsReady('BrowserWindow');
    for (const [name, value] of FORBIDDEN)
      if (options.webPreferences[name] === value) throw new Error(`${name} must not be ${String(value)}`);
    if (!app.isSandboxed && options.webPreferences['sandbox'] !== true) throw new Error('a window without sandbox');
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.#isKiosk = options.kiosk ?? false;
    this.#isVisible = options.show ?? true;
    app.windows.add(this);
    this.webContents = new WebContents(this, options.webPreferences.preload, this.#bounds);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    this.#isVisible = true;
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  focus(): void {
    this.emit('focus');
  }

  minimize(): void {
    this.#isMinimized = true;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  restore(): void {
    this.#isMinimized = false;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  maximize(): void {
    this.#isMaximized = true;
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  isKiosk(): boolean {
    return this.#isKiosk;
  }

  setBounds(bounds: Bounds): void {
    this.#bounds = { ...bounds };
  }

  getBounds(): Bounds {
    return { ...this.#bounds };
  }

  getNormalBounds(): Bounds {
    return this.getBounds();
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  close(): void {
    setImmediate(() => this.closeNow());
  }

  closeNow(): void {
    const event = preventable();
    this.emit('close', event);
    if (event.defaultPrevented || this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.webContents.dispose();
    this.emit('closed');
    app.windowClosed(this);
  }
}
