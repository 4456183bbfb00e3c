import { isAbsolute, join, relative, sep } from 'node:path';

export const APP_SCHEME = 'app';
const APP_HOST = 'beacon';

/** The address of the page at a route, such as `#/wall`. */
export const pageUrl = (route: string): string => `${APP_SCHEME}://${APP_HOST}/index.html${route}`;

/**
 * Whether a URL belongs to the application. Node gives a custom scheme the origin 'null', so scheme and host are
 * compared instead.
 */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === `${APP_SCHEME}:` && parsed.host === APP_HOST;
}

/** Whether a download is of something that a page of the application made itself. */
export const isOwnDownload = (url: string): boolean => url.startsWith('blob:') && isAppUrl(url.slice('blob:'.length));

/**
 * Files that the build has compressed are for the web server; the shell reads from the disk and has no use for them.
 */
const COMPRESSED = /\.(?:br|gz)$/;

/**
 * Returns the file below `rootDir` that a URL of the application names, or undefined where it names none, a compressed
 * one or one outside the folder.
 */
export function assetPath(rootDir: string, url: string): string | undefined {
  if (!isAppUrl(url)) return undefined;
  const name = decodedPath(url);
  if (name === undefined || name.includes('\0') || COMPRESSED.test(name)) return undefined;
  const path = join(rootDir, name);
  const inside = relative(rootDir, path);
  const leadsOut = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return leadsOut ? undefined : path;
}

function decodedPath(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return undefined;
  }
}
