import { app, session } from 'electron';
import { isAppUrl } from './appUrl.ts';

/** The only thing a page may ask the system for; without handlers Electron grants everything. */
const isGranted = (permission: string): boolean => permission === 'fullscreen';

/** Keeps every page where it belongs: no leaving the application, no windows of its own, no embedded pages. */
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
