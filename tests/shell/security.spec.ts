import { expect } from '@playwright/test';
import { test } from './shellTest.ts';

test('the page comes from its own scheme, with a strict policy', async ({ shell }) => {
  const url = await shell.evaluateMain(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    undefined,
  );
  expect(url).toBe('app://beacon/index.html');
  const page = await shell.page();
  const headers = await page.evaluate(async () => Object.fromEntries((await fetch('/index.html')).headers));
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/);
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('neither text as script nor foreign script, network or frames get past the policy', async ({ shell }) => {
  const page = await shell.page();
  const violations = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => seen.push(effectiveDirective));
    const script = document.createElement('script');
    let refusal = '';
    try {
      script.textContent = 'document.body.dataset.inline = "ran"';
    } catch (error) {
      refusal = String(error);
    }
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(script, frame);
    await fetch('https://example.com/').catch(() => undefined);
    const foreign: string = 'https://example.com/script.js';
    await import(foreign).catch(() => undefined);
    for (let look = 0; look < 300 && new Set(seen).size < 4; look++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    return { seen, refusal, inline: document.body.dataset['inline'] };
  });
  expect(violations.inline).toBeUndefined();
  expect(violations.refusal).toContain('TrustedScript');
  expect(violations.seen).toEqual(
    expect.arrayContaining(['require-trusted-types-for', 'script-src-elem', 'connect-src', 'frame-src']),
  );
});

test('only files of the page are served, and only to be read', async ({ shell }) => {
  const page = await shell.page();
  const answers = await page.evaluate(async () => {
    const status = async (path: string, method = 'GET'): Promise<number> => (await fetch(path, { method })).status;
    return [
      await status('/page.js'),
      await status('/..%2f..%2fpackage.json'),
      await status('/%'),
      await status('/none.js'),
      await status('/page.js', 'POST'),
    ];
  });
  expect(answers).toEqual([200, 403, 403, 404, 405]);
});

test('the bridge is all that a page can reach', async ({ shell }) => {
  const page = await shell.page();
  const surface = await page.evaluate(() => {
    const { beacon } = window as unknown as { beacon: object };
    const world = window as unknown as Record<string, unknown>;
    return {
      keys: Object.keys(beacon).sort(),
      isFrozen: Object.isFrozen(beacon),
      foreign: ['require', 'process', 'module', 'electron', 'ipcRenderer', 'Buffer'].filter(
        (name) => world[name] !== undefined,
      ),
    };
  });
  expect(surface).toEqual({ keys: ['connect'], isFrozen: true, foreign: [] });
});

test('a port is given to the top frame of the page and to nobody else', async ({ shell }) => {
  const page = await shell.page();
  await expect(page.locator('body')).toHaveAttribute('data-line', 'open');
  const given = await shell.evaluateMain(({ ipcMain }) => {
    const ask = (url: string | null, parent: unknown): number => {
      let count = 0;
      const frame = { url, parent, postMessage: () => count++ };
      const sender = { mainFrame: frame, isDestroyed: () => false };
      ipcMain.emit('connect', { sender, senderFrame: url === null ? null : frame }, { anything: 'else' });
      return count;
    };
    return [
      ask('app://beacon/index.html', null),
      ask('app://beacon/index.html', {}),
      ask('https://example.com/', null),
      ask('app://beacon.example/', null),
      ask(null, null),
    ];
  }, undefined);
  expect(given).toEqual([1, 0, 0, 0, 0]);
});

// Through the main process: a driver that is attached can stop the page for ever while it looks at what it opens.
test('the page cannot leave, nor open a window', async ({ launch }) => {
  const shell = await launch();
  const inPage = (source: string): Promise<unknown> =>
    shell.evaluateMain(
      ({ BrowserWindow }, script) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script) as Promise<unknown>,
      source,
    );
  await expect.poll(() => inPage('document.body?.dataset.line').catch(() => undefined)).toBe('open');
  await inPage(`void setTimeout(() => {
    location.href = 'https://example.com/';
    window.open('https://example.com/');
    window.open('about:blank');
    document.body.dataset.tried = 'yes';
  })`);
  await expect.poll(() => inPage('document.body.dataset.tried')).toBe('yes');
  await new Promise((resolve) => setTimeout(resolve, 500));
  const state = await shell.evaluateMain(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    undefined,
  );
  expect(state).toEqual(['app://beacon/index.html']);
  expect((await shell.page()).context().pages()).toHaveLength(1);
});

test('the page may load itself again', async ({ shell }) => {
  const page = await shell.page();
  await page.evaluate(() => (document.body.dataset['mark'] = 'before'));
  await page.reload();
  await expect(page.locator('body')).not.toHaveAttribute('data-mark');
  await expect(page.locator('body')).toHaveAttribute('data-line', 'open');
});

test('permissions are refused', async ({ shell }) => {
  const page = await shell.page();
  const states = await page.evaluate(async () => {
    const state = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name } as PermissionDescriptor)).state;
    return Promise.all(['geolocation', 'notifications', 'midi'].map(state));
  });
  expect(states).toEqual(['denied', 'denied', 'denied']);
});
