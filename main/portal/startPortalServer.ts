import type { AddressInfo } from 'node:net';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { languages } from '../../shared/citizens/language.ts';
import type { Language } from '../../shared/citizens/language.ts';
import type { PortalSettings } from '../../shared/public/publicContract.ts';
import icon from './assets/icon.svg?raw';
import script from './assets/portal.js?raw';
import styles from './assets/portal.css?raw';
import { addAssistantRoutes } from './assistant/assistantRoutes.ts';
import { limitKey, proxyCheck } from '../peers.ts';
import { AnswerError } from './EngineClient.ts';
import type { EngineClient } from './EngineClient.ts';
import { addFeedRoutes } from './feedRoutes.ts';
import { addOpen311Routes } from './open311/routes.ts';
import { errorAnswer } from './open311/answers.ts';
import { limits } from './limits.ts';
import { addPageRoutes } from './pageRoutes.ts';
import { contextOf } from './pages/layout.ts';
import type { PageContext } from './pages/layout.ts';
import { plainPage } from './pages/plainPage.ts';
import { preferredLanguage } from './words/words.ts';
import { addTransitRoutes } from './transitRoutes.ts';

/** The portal as it listens. */
export type PortalServer = { port: number; close: () => Promise<void> };

/** The largest form: 4,000 characters of four bytes, each of which takes three letters in a form. */
const MOST_BODY_BYTES = 64_000;
const MOST_CONNECTIONS = 4000;
const REQUEST_MS = 15_000;

/** The language of a page by its address, or else by what the browser asks for. */
function languageOf({ url, headers }: FastifyRequest): Language {
  const first = url.split(/[/?]/)[1];
  return languages.find((each) => each === first) ?? preferredLanguage(headers['accept-language']);
}

/** A form of another site's page is not taken: browsers send that page's origin with it. */
function isForeignForm({ method, headers: { origin }, host }: FastifyRequest): boolean {
  if (method !== 'POST' || origin === undefined || origin === 'null') return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

async function addGuards(server: FastifyInstance, { proxy, tls }: PortalSettings): Promise<void> {
  const isProxy = proxy === undefined ? undefined : proxyCheck(proxy);
  server.addHook('onRequest', async (request, reply) => {
    if (isProxy !== undefined && !isProxy(request.socket.remoteAddress ?? ''))
      await reply.code(403).type('text/plain; charset=utf-8').send('Only the reverse proxy may ask here.\n');
    else if (isForeignForm(request) && !request.url.startsWith('/open311/'))
      await reply.code(403).type('text/plain; charset=utf-8').send('A form of another site is not taken.\n');
  });
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: tls !== undefined,
    referrerPolicy: { policy: 'no-referrer' },
    // Published data are for every site to read.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  await server.register(rateLimit, { ...limits.reads, keyGenerator: ({ ip }) => limitKey(ip) });
}

function addErrors(server: FastifyInstance, contextFor: (request: FastifyRequest) => PageContext): void {
  const send = (request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply => {
    if (request.url.startsWith('/open311/')) return errorAnswer(request, reply, status, 'The request failed.');
    const context = contextFor(request);
    const { words } = context;
    const [title, more] =
      status === 404
        ? [words.notFound, []]
        : status === 429
          ? [words.tooMany, [words.tooManyMore]]
          : status === 413
            ? [words.failed, [words.tooLarge]]
            : [words.failed, [words.failedMore]];
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(plainPage(context, title, more));
  };
  server.setNotFoundHandler({ preHandler: server.rateLimit() }, (request, reply) => send(request, reply, 404));
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    // What a peer did wrong is answered and not logged: anybody could fill the log with it.
    if (status >= 500 && !(error instanceof AnswerError))
      process.stderr.write(`${request.method} ${request.routeOptions.url ?? ''}: ${String(error)}\n`);
    return send(request, reply, status >= 400 && status < 600 ? status : 500);
  });
}

function addAssets(server: FastifyInstance): void {
  const assets = [
    ['/portal.css', 'text/css; charset=utf-8', styles],
    ['/portal.js', 'text/javascript; charset=utf-8', script],
    ['/icon.svg', 'image/svg+xml', icon],
  ] as const;
  for (const [path, type, text] of assets)
    server.get(path, (_request, reply) => reply.type(type).header('cache-control', 'public, max-age=300').send(text));
}

async function listen(server: FastifyInstance, { host, port, isAnyPortFine }: PortalSettings): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && isAnyPortFine) await server.listen({ host, port: 0 });
    else if (code === 'EADDRINUSE') throw new Error(`Port ${String(port)} is in use.`, { cause: error });
    else throw new Error(`The address ${host}:${String(port)} cannot be listened on: ${message}.`, { cause: error });
  }
}

/** Starts the portal. Rejects with an Error whose message is a sentence where the address cannot be bound. */
export async function startPortalServer(settings: PortalSettings, engine: EngineClient): Promise<PortalServer> {
  const { tls, proxy } = settings;
  const options: FastifyServerOptions = {
    logger: false,
    trustProxy: proxy ?? false,
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: REQUEST_MS,
    connectionTimeout: REQUEST_MS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  };
  const server: FastifyInstance = fastify(
    tls === undefined ? options : ({ ...options, https: tls } as FastifyServerOptions),
  );
  server.server.maxConnections = MOST_CONNECTIONS;
  const contextFor = (request: FastifyRequest): PageContext =>
    contextOf(languageOf(request), engine.county, engine.nowMs());
  await addGuards(server, settings);
  await server.register(formbody, { bodyLimit: MOST_BODY_BYTES });
  addErrors(server, contextFor);
  addAssets(server);
  addPageRoutes(server, engine, contextFor);
  addAssistantRoutes(server, engine, contextFor);
  addFeedRoutes(server, engine, contextFor);
  addTransitRoutes(server, engine, () => performance.now());
  addOpen311Routes(server, engine);
  await listen(server, settings);
  return { port: (server.server.address() as AddressInfo).port, close: () => server.close() };
}
