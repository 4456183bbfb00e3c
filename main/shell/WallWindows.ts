import { powerSaveBlocker, screen } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Log } from '../engine/base/engine.ts';
import { openPageWindow } from './openPageWindow.ts';

/**
 * One window over the whole of each display, following displays that come and go, and keeping them awake. Linux places
 * windows only under X11: there Beacon is started with `--ozone-platform=x11`.
 */
export class WallWindows {
  readonly #windows = new Map<number, BrowserWindow>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
    powerSaveBlocker.start('prevent-display-sleep');
    screen.on('display-added', () => this.#follow());
    screen.on('display-removed', () => this.#follow());
    screen.on('display-metrics-changed', () => this.#follow());
    this.#follow();
  }

  #follow(): void {
    const displays = screen.getAllDisplays();
    // All displays switched off is no wish to quit, so the last windows stay for the display that comes back.
    if (displays.length === 0) return;
    for (const { id, bounds } of displays) {
      const window = this.#windows.get(id);
      if (window === undefined) this.#open(id, bounds);
      else window.setBounds(bounds);
    }
    // Closed only now, after the new ones are open: closing the last window would quit.
    for (const [id, window] of this.#windows) {
      if (!displays.some((display) => display.id === id)) window.close();
    }
  }

  #open(id: number, bounds: Electron.Rectangle): void {
    const window = openPageWindow('#/wall', { ...bounds, kiosk: true }, this.#log);
    this.#windows.set(id, window);
    window.on('closed', () => this.#windows.delete(id));
  }
}
