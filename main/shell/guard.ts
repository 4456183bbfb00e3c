import { app, session } from 'electron';
import { isAppUrl } from './appUrl.ts';

/** Full screen is the only permission that a page may have; without handlers Electron grants everything. */
const isGranted = (permission: string): boolean => permission === 'fullscreen';

/** Confines every page: it may not leave the application, open windows of its own, or embed pages. */
export function guardPages(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!isAppUrl(url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

export function guardPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(isGranted(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => isGranted(permission));
}
