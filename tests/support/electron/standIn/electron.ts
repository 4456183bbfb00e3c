/**
 * A stand-in for the main process's 'electron' module: the APIs that the shell uses, with pages of a real Chromium as
 * windows. Every other API fails as a missing export when the bundle is loaded. It cannot check: the true custom scheme
 * (the page's origin is https here), windows of the operating system, kiosk, several monitors, scaling and Wayland, the
 * sandbox and isolation of processes, fuses and asar at run time, native modules inside Electron, the GPU process,
 * permissions at the moment of use, downloads, performance. A wrong belief of its authors about Electron would be on
 * both sides of every test.
 */
import { EventEmitter } from 'node:events';
import { app } from './application.ts';
import { permissions } from './ipc.ts';
import type { Permissions } from './ipc.ts';

export { app } from './application.ts';
export { BrowserWindow } from './BrowserWindow.ts';
export { ipcMain } from './ipc.ts';
export { MessageChannelMain } from './ports.ts';
export { net, protocol } from './protocol.ts';
export { utilityProcess } from './UtilityProcess.ts';

export const session: { defaultSession: Permissions } = { defaultSession: permissions };

type Display = { id: number; bounds: Electron.Rectangle; workArea: Electron.Rectangle };

class Screen extends EventEmitter {
  #displays: Display[] = [
    { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 0, width: 1920, height: 1040 } },
  ];

  getAllDisplays(): Display[] {
    app.needsReady('screen');
    return this.#displays;
  }

  getPrimaryDisplay(): Display | undefined {
    return this.getAllDisplays()[0];
  }

  /** For the specs: sets other displays, and emits the events that the real module would send. */
  setDisplays(displays: Display[]): void {
    const before = this.#displays;
    this.#displays = displays;
    for (const display of displays)
      if (!before.some(({ id }) => id === display.id)) this.emit('display-added', {}, display);
    for (const display of before)
      if (!displays.some(({ id }) => id === display.id)) this.emit('display-removed', {}, display);
  }
}
export const screen = new Screen();

const blockers = new Map<number, string>();
export const powerSaveBlocker = {
  start: (type: string): number => {
    blockers.set(blockers.size, type);
    return blockers.size - 1;
  },
  isStarted: (id: number): boolean => blockers.has(id),
};

let menu: unknown = null;
export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: (template: unknown): void => void (menu = template),
  getApplicationMenu: (): unknown => menu,
};

export const dialog = {
  showErrorBox: (title: string, content: string): void => void process.stderr.write(`${title}\n${content}\n`),
};
