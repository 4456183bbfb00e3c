import { pathToFileURL } from 'node:url';
import { net, protocol } from 'electron';
import { contentSecurityPolicy } from '../../shared/contentSecurityPolicy.ts';
import { APP_SCHEME, assetPath } from './appUrl.ts';

const refusal = (status: number): Response => new Response(null, { status });

/**
 * Makes the scheme a standard, secure one, so that the page has an origin, `fetch` and workers. Must be called before
 * the application is ready.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built renderer under the application's scheme; file:// would let a page read the disk. */
export function serveApp(rendererDir: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
    const path = assetPath(rendererDir, request.url);
    if (path === undefined) return refusal(403);
    try {
      return secured(await net.fetch(pathToFileURL(path).href, { bypassCustomProtocolHandlers: true }));
    } catch {
      return refusal(404);
    }
  });
}

function secured(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('Content-Security-Policy', contentSecurityPolicy);
  headers.set('X-Content-Type-Options', 'nosniff');
  return new Response(response.body, { status: response.status, headers });
}
