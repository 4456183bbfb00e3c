import { powerSaveBlocker, screen } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Log } from '../engine/base/engine.ts';
import { openPageWindow } from './openPageWindow.ts';

/**
 * Keeps one window over the whole of each display, follows displays that come and go, and keeps them awake. Linux
 * places windows only under X11: there Beacon must be started with `--ozone-platform=x11`.
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
    // When all displays are switched off, nobody wants to quit, so the last windows stay for the display that comes
    // back.
    if (displays.length === 0) return;
    for (const [index, { id, bounds }] of displays.entries()) {
      const window = this.#windows.get(id);
      if (window === undefined) this.#open(id, bounds, index + 1);
      else window.setBounds(bounds);
    }
    // The old windows are closed only now, after the new ones are open: closing the last window would quit.
    for (const [id, window] of this.#windows) {
      if (!displays.some((display) => display.id === id)) window.close();
    }
  }

  #open(id: number, bounds: Electron.Rectangle, number: number): void {
    const window = openPageWindow(`#/wall?display=Display%20${String(number)}`, { ...bounds, kiosk: true }, this.#log);
    this.#windows.set(id, window);
    window.on('closed', () => this.#windows.delete(id));
  }
}
