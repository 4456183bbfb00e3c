import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

/** No more than the system's own commands; everything of the county is in the page. */
export function createMenu(platform: NodeJS.Platform): Menu {
  const view: MenuItemConstructorOptions = { label: 'View', submenu: [{ role: 'togglefullscreen' }, { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }] };
  const first: MenuItemConstructorOptions = platform === 'darwin' ? { role: 'appMenu' } : { label: 'Beacon', submenu: [{ role: 'quit' }] };
  return Menu.buildFromTemplate([first, { role: 'editMenu' }, view]);
}
