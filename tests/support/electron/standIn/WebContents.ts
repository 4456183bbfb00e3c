import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app, preventable } from './application.ts';
import type { Params } from './Chromium.ts';
import { pageWorld, preloadWorld, wireCodec } from './inPage.ts';
import { ipcMain, permissions } from './ipc.ts';
import { PortLink } from './ports.ts';
import type { PortMessage } from './ports.ts';
import { fromWeb, handlerOf, toWeb } from './protocol.ts';

type Size = { width: number; height: number };
type Paused = { requestId: string; resourceType: string; request: { url: string; method: string } };
type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

const WORLD = 'preload';
const codec = wireCodec();

/** One target of Chromium, with the preload in a world of its own and all its requests answered here. */
export class WebContents extends EventEmitter {
  readonly #window: { isDestroyed: () => boolean };
  readonly #link = new PortLink((message) => this.#tell(message));
  readonly #preloadPath: string;
  #session = '';
  #target = '';
  #preloadContext: number | undefined;
  #url = '';
  /** True during a load that the shell itself asked for, which does not count as a navigation by the page. */
  #isOwnLoad = false;
  #mayOpen: OpenHandler = () => ({ action: 'allow' });
  readonly opened: Promise<void>;

  constructor(window: { isDestroyed: () => boolean }, preloadPath: string, size: Size) {
    super();
    this.#window = window;
    this.#preloadPath = preloadPath;
    this.opened = this.#open(size);
  }

  get mainFrame(): {
    url: string;
    parent: null;
    postMessage: (channel: string, message: unknown, ports: unknown[]) => void;
  } {
    return {
      url: this.#url,
      parent: null,
      postMessage: (channel, _message, ports) =>
        this.#tell({ kind: 'message', channel, ports: this.#link.give(ports) }),
    };
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#window.isDestroyed();
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#mayOpen = handler;
  }

  async loadURL(url: string): Promise<void> {
    await this.opened;
    await this.#decidePermissions(url);
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve));
    this.#isOwnLoad = true;
    await this.#send('Page.navigate', { url: toWeb(url) });
    await loaded;
  }

  reload(): void {
    this.#isOwnLoad = true;
    void this.#send('Page.navigate', { url: toWeb(this.#url) });
  }

  forcefullyCrashRenderer(): void {
    this.#send('Page.crash').catch(() => undefined);
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error('Script failed to execute');
    return (result as { value?: unknown }).value;
  }

  dispose(): void {
    this.#link.close();
    this.#send('Page.close').catch(() => undefined);
  }

  #send(method: string, params: Params = {}): Promise<Params> {
    return app.chromium.send(method, params, this.#session);
  }

  async #open({ width, height }: Size): Promise<void> {
    await app.chromium.endpoint;
    await app.chromium.send('Target.setDiscoverTargets', { discover: true });
    this.#target = (
      await app.chromium.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
    )['targetId'] as string;
    this.#session = (await app.chromium.send('Target.attachToTarget', { targetId: this.#target, flatten: true }))[
      'sessionId'
    ] as string;
    this.#listen();
    for (const domain of ['Page', 'Runtime', 'Inspector']) await this.#send(`${domain}.enable`);
    await this.#send('Runtime.addBinding', { name: 'standInSend', executionContextName: WORLD });
    const secret = `stand-in-${randomUUID()}`;
    await this.#send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${String(pageWorld)})(${JSON.stringify(secret)})`,
    });
    const preload = `function (require) { const module = { exports: {} }, exports = module.exports;\n${readFileSync(this.#preloadPath, 'utf8')}\n}`;
    await this.#send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: `(${String(preloadWorld)})(${JSON.stringify(secret)}, (${String(wireCodec)})(), ${preload})`,
    });
    await this.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  #listen(): void {
    const events = app.chromium.events(this.#session);
    events.on(
      'Runtime.executionContextCreated',
      ({ context }: { context: { id: number; name: string; auxData: { frameId: string } } }) => {
        if (context.name === WORLD && context.auxData.frameId === this.#target) this.#preloadContext = context.id;
      },
    );
    events.on('Runtime.executionContextsCleared', () => this.#leave());
    events.on('Runtime.bindingCalled', ({ payload }: { payload: string }) =>
      this.#hear(codec.decode(payload) as PortMessage),
    );
    events.on('Page.frameNavigated', ({ frame }: { frame: { id: string; url: string; urlFragment?: string } }) => {
      if (frame.id === this.#target) this.#url = fromWeb(frame.url + (frame.urlFragment ?? ''));
    });
    events.on('Page.loadEventFired', () => {
      this.#isOwnLoad = false;
      this.emit('did-finish-load');
    });
    events.on('Inspector.targetCrashed', () => {
      this.#leave();
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
    events.on('Fetch.requestPaused', (paused: Paused) => void this.#answer(paused).catch(() => undefined));
    // Chromium has opened the window already: the page that asked can notice the difference, the person cannot.
    app.chromium
      .events('')
      .on(
        'Target.targetCreated',
        ({
          targetInfo: { targetId, openerId, url },
        }: {
          targetInfo: { targetId: string; openerId?: string; url: string };
        }) => {
          if (openerId === this.#target && this.#mayOpen({ url }).action === 'deny')
            void app.chromium.send('Target.closeTarget', { targetId });
        },
      );
  }

  async #answer({ requestId, resourceType, request }: Paused): Promise<void> {
    const url = fromWeb(request.url);
    const handler = handlerOf(url);
    if (resourceType === 'Document' && !this.#isOwnLoad && this.#isNavigationStopped(url)) {
      await this.#send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    if (handler === undefined) {
      if (/^(data|blob|about):/.test(url)) await this.#send('Fetch.continueRequest', { requestId });
      else await this.#send('Fetch.failRequest', { requestId, errorReason: 'InternetDisconnected' });
      return;
    }
    const response = await handler(new Request(url, { method: request.method }));
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    await this.#send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body });
  }

  #isNavigationStopped(url: string): boolean {
    const event = Object.assign(preventable(), { url });
    this.emit('will-navigate', event);
    return event.defaultPrevented;
  }

  /** Permissions are decided at each load and not at the moment of use. */
  async #decidePermissions(url: string): Promise<void> {
    const { origin } = new URL(toWeb(url));
    for (const name of ['geolocation', 'notifications', 'midi']) {
      const setting = (await permissions.isGranted(this, name)) ? 'granted' : 'denied';
      await app.chromium.send('Browser.setPermission', { permission: { name }, setting, origin });
    }
  }

  #leave(): void {
    this.#preloadContext = undefined;
    this.#link.close();
  }

  #tell(message: unknown): void {
    if (this.#preloadContext === undefined) return;
    const params = {
      executionContextId: this.#preloadContext,
      functionDeclaration: 'function (text) { globalThis.standInReceive(text); }',
      arguments: [{ value: codec.encode(message) }],
    };
    this.#send('Runtime.callFunctionOn', params).catch(() => undefined);
  }

  #hear(message: PortMessage | { kind: 'send'; channel: string; args: unknown[] }): void {
    if (message.kind === 'send')
      ipcMain.emit(message.channel, { sender: this, senderFrame: this.mainFrame, ports: [] }, ...message.args);
    else this.#link.feed(message);
  }
}
