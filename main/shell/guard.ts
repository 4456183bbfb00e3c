import { app, session } from 'electron';
import type { Log } from '../engine/base/engine.ts';
import { isAppUrl, isOwnDownload } from './appUrl.ts';

/** Full screen is the only permission that a page may have; without handlers Electron grants everything. */
const isGranted = (permission: string): boolean => permission === 'fullscreen';

/** Stops a page on its way out of the application. */
const keepInside = (event: { url: string; preventDefault: () => void }): void => {
  if (!isAppUrl(event.url)) event.preventDefault();
};

/**
 * Confines every page: it may not leave the application, be led out of it by a redirect, open windows of its own, or
 * embed pages.
 */
export function guardPages(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', keepInside);
    contents.on('will-frame-navigate', keepInside);
    contents.on('will-redirect', keepInside);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Lets a page save only what it made itself; nothing is fetched from elsewhere on to the disk. */
export function guardDownloads(log: Log): void {
  session.defaultSession.on('will-download', (event, item) => {
    if (isOwnDownload(item.getURL())) return;
    event.preventDefault();
    log('warn', 'A download from elsewhere was refused');
  });
}

export function guardPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(isGranted(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => isGranted(permission));
}
