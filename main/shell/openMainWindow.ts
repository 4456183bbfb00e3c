import { screen } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Log } from '../engine/base/engine.ts';
import { openPageWindow } from './openPageWindow.ts';
import { placeWindow } from './placeWindow.ts';
import { loadWindowState, saveWindowState } from './windowFile.ts';

/** Opens the workstation's window at the place where it was closed. */
export function openMainWindow(statePath: string, log: Log): BrowserWindow {
  const saved = loadWindowState(statePath);
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const bounds = placeWindow(
    saved?.bounds,
    [primary, ...others].map(({ workArea }) => workArea),
  );
  const window = openPageWindow('', { ...bounds, minWidth: 1024, minHeight: 640 }, log);
  if (saved?.isMaximized === true) window.maximize();
  window.on('close', () => {
    try {
      saveWindowState(statePath, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
    } catch (error) {
      log('warn', 'The window position could not be saved', { error: String(error) });
    }
  });
  return window;
}
