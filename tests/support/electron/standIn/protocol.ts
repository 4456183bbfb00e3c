import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from './application.ts';

type Handler = (request: Request) => Response | Promise<Response>;

/**
 * A stock Chromium loads no scheme that it does not know, so `app://beacon/x` is presented to it as
 * `https://beacon.app.stand-in.invalid/x`.
 */
const SUFFIX = '.stand-in.invalid';
const handlers = new Map<string, Handler>();

export function toWeb(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const name = scheme.slice(0, -1);
  return handlers.has(name)
    ? `${app.privileges.get(name)?.secure ? 'https' : 'http'}://${host}.${name}${SUFFIX}${pathname}${search}${hash}`
    : url;
}

export function fromWeb(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !parsed.hostname.endsWith(SUFFIX)) return url;
  const [host, scheme] = parsed.hostname.slice(0, -SUFFIX.length).split('.');
  return `${scheme}://${host}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

export const handlerOf = (url: string): Handler | undefined => handlers.get(url.slice(0, url.indexOf(':')));

export const protocol = {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: { secure?: boolean } }[]): void {
    if (app.isReadyNow) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) app.privileges.set(scheme, privileges);
  },
  handle(scheme: string, handler: Handler): void {
    app.needsReady('protocol.handle');
    handlers.set(scheme, handler);
  },
};

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export const net = {
  /** Fetches files only. */
  async fetch(url: string): Promise<Response> {
    const path = fileURLToPath(url);
    const body = await readFile(path).catch(() => {
      throw new Error('net::ERR_FILE_NOT_FOUND');
    });
    return new Response(new Uint8Array(body), {
      headers: { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' },
    });
  },
};
