import { expect } from '@playwright/test';
import { test } from './shellTest.ts';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a second start brings the first window to the front and ends', async ({ shell, launch }) => {
  await shell.evaluateMain(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window !== undefined) window.focus = () => window.setTitle('focused');
  }, undefined);
  const second = await launch();
  expect(await second.exited).toBe(0);
  expect(second.output()).toContain('runs already');
  await expect
    .poll(() => shell.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle(), undefined))
    .toBe('focused');
});

test('the window opens where it was closed', async ({ launch }) => {
  const bounds = { x: 120, y: 90, width: 1000, height: 700 };
  const first = await launch();
  await first.page();
  await first.evaluateMain(({ BrowserWindow }, saved) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(saved);
    BrowserWindow.getAllWindows()[0]?.maximize();
  }, bounds);
  expect(await first.quit()).toBe(0);
  const second = await launch();
  await second.page();
  const state = await second.evaluateMain(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    return { bounds: window?.getNormalBounds(), isMaximized: window?.isMaximized() };
  }, undefined);
  expect(state).toEqual({ bounds, isMaximized: true });
});

test('quitting lets the engine finish and leaves no process', async ({ shell }) => {
  const body = (await shell.page()).locator('body');
  await expect(body).toHaveAttribute('data-engine', /^\d+$/);
  const engine = Number(await body.getAttribute('data-engine'));
  expect(await shell.quit()).toBe(0);
  expect(shell.output()).toContain('fixture engine stopped in order');
  expect(isAlive(engine)).toBe(false);
  expect(shell.output()).not.toMatch(/died/);
});

test('closing the window quits', async ({ shell }) => {
  await shell.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), undefined);
  expect(await shell.exited).toBe(0);
});

test('the desk lets the display sleep', async ({ shell }) => {
  expect(
    await shell.evaluateMain(({ powerSaveBlocker }) => [0, 1].some((id) => powerSaveBlocker.isStarted(id)), undefined),
  ).toBe(false);
});

test('the wall covers every display and keeps it awake', async ({ launch }) => {
  const shell = await launch(['--wall']);
  await shell.page();
  const wall = await shell.evaluateMain(({ BrowserWindow, powerSaveBlocker, screen }) => {
    const windows = BrowserWindow.getAllWindows();
    return {
      count: windows.length - screen.getAllDisplays().length,
      areKiosks: windows.every((window) => window.isKiosk()),
      urls: windows.map(({ webContents }) => webContents.getURL()).sort(),
      displays: screen.getAllDisplays().length,
      isAwake: [0, 1].some((id) => powerSaveBlocker.isStarted(id)),
    };
  }, undefined);
  const urls = Array.from({ length: wall.displays }, (_, at) => `#/wall?display=Display%20${String(at + 1)}`);
  expect(wall).toMatchObject({ count: 0, areKiosks: true, isAwake: true });
  // Each window has a name of its own, under which its display reports.
  expect(wall.urls).toEqual(urls.map((hash) => `app://beacon/index.html${hash}`));
});

test('the wall follows displays that come and go', async ({ launch }) => {
  const shell = await launch(['--wall']);
  test.skip(shell.runtime === 'Electron', 'displays cannot be plugged in by a test');
  await shell.page();
  const windowsOn = (ids: number[]): Promise<number[]> =>
    shell.evaluateMain(async ({ BrowserWindow, screen }, numbers) => {
      const displays = numbers.map((id) => ({ id, bounds: { x: id * 1000, y: 0, width: 1000, height: 800 } }));
      (screen as unknown as { setDisplays: (displays: unknown) => void }).setDisplays(displays);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return BrowserWindow.getAllWindows()
        .map((window) => window.getBounds().x / 1000)
        .sort();
    }, ids);
  expect(await windowsOn([1, 2])).toEqual([1, 2]);
  expect(await windowsOn([2])).toEqual([2]);
  expect(await windowsOn([])).toEqual([2]);
  expect(await windowsOn([3])).toEqual([3]);
});

test('a wrong option is told in a sentence', async ({ launch }) => {
  const shell = await launch(['--frobnicate']);
  expect(await shell.exited).toBe(2);
  expect(shell.output().trim()).toMatch(/^[^\n]*--frobnicate[^\n]*$/);
});
