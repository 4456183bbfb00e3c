import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { Log } from '../engine/base/engine.ts';
import { pageUrl } from './appUrl.ts';
import { RestartBackoff } from './RestartBackoff.ts';

const UNRESPONSIVE_LIMIT_MS = 15_000;
/** The background colour of the dark theme, so that nothing flashes white before the first picture. */
const GROUND = '#14171a';

/**
 * Opens a window with the application's page. It is shown when there is something to see, and reloaded when its
 * renderer dies or hangs.
 */
export function openPageWindow(route: string, look: BrowserWindowConstructorOptions, log: Log): BrowserWindow {
  const window = new BrowserWindow({
    ...look,
    show: false,
    backgroundColor: GROUND,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(app.getAppPath(), 'out/preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      // A display behind another window must still be up to date when it is uncovered.
      backgroundThrottling: false,
      // The spell checker would fetch its dictionaries from the internet.
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  reloadWhenGone(window, log);
  endWhenHanging(window, log);
  window
    .loadURL(pageUrl(route))
    .catch((error: unknown) => log('error', 'The page could not be loaded', { error: String(error) }));
  return window;
}

function reloadWhenGone(window: BrowserWindow, log: Log): void {
  const backoff = new RestartBackoff();
  let startedMs = performance.now();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const delayMs = backoff.delayMs(performance.now() - startedMs);
    log('error', 'The page died and is loaded again', { reason, delayMs });
    setTimeout(() => {
      if (window.isDestroyed()) return;
      startedMs = performance.now();
      window.webContents.reload();
    }, delayMs);
  });
}

/** Kills a renderer that hangs for long, which causes the reload. */
function endWhenHanging(window: BrowserWindow, log: Log): void {
  let timer: NodeJS.Timeout | undefined;
  window.on('unresponsive', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      log('error', 'The page does not respond and is ended');
      if (!window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
    }, UNRESPONSIVE_LIMIT_MS);
  });
  window.on('responsive', () => clearTimeout(timer));
  window.on('closed', () => clearTimeout(timer));
}
