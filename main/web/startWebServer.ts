import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentSecurityPolicy } from '../../shared/contentSecurityPolicy.ts';
import type { Engine, Log } from '../engine/base/engine.ts';
import { StartError } from '../StartError.ts';
import { Connections } from './Connections.ts';
import { ScreenSockets } from './ScreenSockets.ts';

type WebServerOptions = {
  engine: Pick<Engine, 'connect' | 'health' | 'metrics'>;
  host: string;
  /** 0: any free one. */
  port: number;
  /** The built renderer. */
  rendererDir: string;
  log: Log;
};

export type WebServer = { url: string; close: () => Promise<void> };

const MOST_MESSAGE_BYTES = 1_000_000;
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * The compressed forms of a file that the build has made; they are chosen by `accept-encoding` and have no address of
 * their own.
 */
const COMPRESSED = /\.(?:br|gz)$/;

const hostName = (authority: string): string => authority.replace(/:\d+$/, '');

/**
 * Checks the host name of a request: a page of another site whose name was made to point here (DNS rebinding) sends
 * that other name.
 */
function isOwnHost(request: FastifyRequest): boolean {
  return LOOPBACK_NAMES.has(hostName(request.headers.host ?? ''));
}

/** Checks the origin: browsers send the page's origin with an upgrade, programs send none. */
function isOwnOrigin(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

async function guard(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.headers({
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  if (!isOwnHost(request)) await reply.code(421).send('Ask for this address by 127.0.0.1 or localhost.\n');
  else if (request.method !== 'GET' && request.method !== 'HEAD') await reply.code(405).send('Only GET and HEAD.\n');
  else if (request.headers.upgrade !== undefined && !isOwnOrigin(request))
    await reply.code(403).send('Another site may not connect.\n');
}

async function addRoutes(
  server: FastifyInstance,
  { engine, rendererDir, log }: WebServerOptions,
  sockets: ScreenSockets,
  connections: Connections,
): Promise<void> {
  // The build puts a hash into the names of these files alone.
  const hashed = join(rendererDir, 'assets');
  server.addHook('onRequest', guard);
  server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const { statusCode } = error;
    // What a client did wrong is answered and not logged: anybody could fill the log with it.
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
      void reply.code(statusCode).send('The request cannot be understood.\n');
      return;
    }
    log('error', 'A web request failed', { error: String(error) });
    void reply.code(500).send('The engine could not answer. The cause is in its log.\n');
  });
  await server.register(fastifyWebsocket, { options: { maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false } });
  await server.register(fastifyStatic, {
    root: rendererDir,
    cacheControl: false,
    preCompressed: true,
    allowedPath: (path) => !COMPRESSED.test(path),
    setHeaders: (reply, path) =>
      void reply.header('cache-control', path.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  server.get('/healthz', (_request, reply) => {
    const health = engine.health();
    return reply.code(health.ok ? 200 : 503).send(health);
  });
  server.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4').send(await engine.metrics()),
  );
  server.get('/contract', { websocket: true }, (socket, { ip, socket: connection }) => {
    connections.belongsToScreen(connection);
    engine.connect(sockets.add(socket, ip, connection.remotePort ?? 0), {
      isLocal: LOOPBACK_ADDRESSES.has(ip),
      address: ip,
    });
  });
}

/**
 * Serves the application, the contract, `/healthz` and `/metrics`. Throws a StartError where the address cannot be
 * bound.
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const server = fastify({ logger: false, forceCloseConnections: true });
  const connections = new Connections(server.server);
  const sockets = new ScreenSockets(options.log);
  await addRoutes(server, options, sockets, connections);
  try {
    const url = await server.listen({ host: options.host, port: options.port });
    const close = async (): Promise<void> => {
      sockets.close();
      const closed = server.close();
      // The screens are notified first, in the turn that begins the close.
      setImmediate(() => connections.end());
      await closed;
    };
    return { url, close };
  } catch (error) {
    sockets.close();
    await server.close();
    throw listenError(error as NodeJS.ErrnoException, options);
  }
}

function listenError({ code, message }: NodeJS.ErrnoException, { host, port }: WebServerOptions): StartError {
  if (code === 'EADDRINUSE')
    return new StartError(`Port ${String(port)} is in use. Stop what uses it, or choose another with --port.`);
  if (code === 'EACCES')
    return new StartError(`Port ${String(port)} may not be used by this account. Choose one above 1023 with --port.`);
  return new StartError(`The address ${host}:${String(port)} cannot be listened on: ${message}.`);
}
