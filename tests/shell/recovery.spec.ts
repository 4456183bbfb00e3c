import { expect } from '@playwright/test';
import type { ShellApp } from '../support/electron/ShellApp.ts';
import { test } from './shellTest.ts';
import { watchFor } from './watchFor.ts';

/** Through the main process, since a driver's own page does not outlive its renderer. */
const bodyData = (shell: ShellApp): Promise<Record<string, string>> =>
  shell.evaluateMain(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('({ ...document.body.dataset })') as Promise<
        Record<string, string>
      >,
    undefined,
  );

test('bytes and messages pass between page and engine', async ({ shell }) => {
  await expect.poll(() => bodyData(shell)).toMatchObject({ line: 'open', echo: 'hello', sum: '6' });
});

test('the engine takes little room for short-lived objects', async ({ shell }) => {
  await expect.poll(async () => Number((await bodyData(shell))['young'])).toBeGreaterThan(0);
  // 4 MB twice, and some space between; without the engine's options it is 32 MB.
  expect(Number((await bodyData(shell))['young'])).toBeLessThan(14e6);
});

test('a dead renderer is loaded again and gets a new line', async ({ shell }) => {
  const page = await shell.page();
  await expect(page.locator('body')).toHaveAttribute('data-line', 'open');
  await page.evaluate(() => (document.body.dataset['mark'] = 'before'));
  await shell.evaluateMain(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()));
    contents?.forcefullyCrashRenderer();
    return loaded;
  }, undefined);
  await expect.poll(() => bodyData(shell)).toMatchObject({ line: 'open', echo: 'hello', lines: '1' });
  expect(await bodyData(shell)).not.toHaveProperty('mark');
  expect(shell.output()).toContain('The page died and is loaded again');
});

test('a page that hangs for long is ended and loaded again', async ({ shell }) => {
  const page = await shell.page();
  await expect(page.locator('body')).toHaveAttribute('data-line', 'open');
  await shell.evaluateMain(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const loaded = new Promise<void>((resolve) => window?.webContents.once('did-finish-load', () => resolve()));
    window?.emit('unresponsive');
    return loaded;
  }, undefined);
  await expect.poll(() => bodyData(shell)).toMatchObject({ line: 'open', lines: '1' });
});

test('a dead engine is started again, and the page hears of both', async ({ shell }) => {
  const page = await shell.page();
  const body = page.locator('body');
  await expect(body).toHaveAttribute('data-engine', /^\d+$/);
  const first = Number(await body.getAttribute('data-engine'));
  const lost = await watchFor(page, 'body[data-line="lost"]');
  process.kill(first, 'SIGKILL');
  await lost();
  await expect(body).toHaveAttribute('data-line', 'open');
  await expect(body).toHaveAttribute('data-engine', /^\d+$/);
  expect(Number(await body.getAttribute('data-engine'))).not.toBe(first);
  expect(shell.output()).toContain('The engine died and is started again');
});

test('an engine that refuses to start ends the application with its sentence', async ({ launch }) => {
  const sentence = 'The data folder is held by another engine.';
  // On a wall, where no box is shown that somebody would have to close.
  const shell = await launch(['--wall'], { BEACON_FIXTURE_REFUSAL: sentence });
  expect(await shell.exited).toBe(1);
  expect(shell.output()).toContain(sentence);
  expect(shell.output()).not.toMatch(/\n\s+at /);
});
