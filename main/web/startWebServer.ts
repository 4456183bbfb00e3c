import { isIP } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Server } from 'node:tls';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { Engine, Log } from '../engine/base/engine.ts';
import { StartError } from '../StartError.ts';
import type { WebAddress } from '../webAddress.ts';
import { Connections } from './Connections.ts';
import { addGuard, guardMonitoring, isAtThisMachine } from './guard.ts';
import type { Access } from './guard.ts';
import { ScreenSockets } from './ScreenSockets.ts';
import { ServerCertificate } from './ServerCertificate.ts';

type WebServerOptions = {
  engine: Pick<Engine, 'connect' | 'health' | 'metrics'>;
  web: WebAddress;
  /** What an administrator's monitoring shows at another machine; without it there is none from there. */
  monitoringToken?: string | undefined;
  /** The built renderer. */
  rendererDir: string;
  log: Log;
};

export type WebServer = { url: string; close: () => Promise<void> };

const MOST_MESSAGE_BYTES = 1_000_000;
/**
 * The compressed forms of a file that the build has made; they are chosen by `accept-encoding` and have no address of
 * their own.
 */
const COMPRESSED = /\.(?:br|gz)$/;

async function addRoutes(
  server: FastifyInstance,
  { engine, rendererDir, log, web }: WebServerOptions,
  access: Access,
  sockets: ScreenSockets,
  connections: Connections,
): Promise<void> {
  // The build puts a hash into the names of these files alone.
  const hashed = join(rendererDir, 'assets');
  await addGuard(server, access);
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
  const onRequest = guardMonitoring(access);
  server.get('/healthz', { onRequest }, (_request, reply) => {
    const health = engine.health();
    return reply.code(health.ok ? 200 : 503).send(health);
  });
  server.get('/metrics', { onRequest }, async (_request, reply) =>
    reply.type('text/plain; version=0.0.4').send(await engine.metrics()),
  );
  server.get('/contract', { websocket: true }, (socket, request) => {
    const { ip, socket: connection } = request;
    connections.belongsToScreen(connection);
    engine.connect(sockets.add(socket, ip, connection.remotePort ?? 0), {
      isLocal: isAtThisMachine(request, web),
      address: ip,
    });
  });
}

function serverFor({ tls, proxy }: WebAddress): FastifyInstance {
  const options: FastifyServerOptions = { logger: false, forceCloseConnections: true, trustProxy: proxy ?? false };
  if (tls === undefined) return fastify(options);
  return fastify({ ...options, https: { cert: tls.cert, key: tls.key } } as FastifyServerOptions);
}

/** The address as it was asked for, so that a restart listens at the same one. */
const urlOf = ({ host, tls }: WebAddress, port: number): string =>
  `${tls === undefined ? 'http' : 'https'}://${isIP(host) === 6 ? `[${host}]` : host}:${String(port)}`;

/**
 * Serves the application, the contract, `/healthz` and `/metrics`. Throws a StartError where the address cannot be
 * bound.
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { web, log, monitoringToken } = options;
  const certificate = web.tls && new ServerCertificate(web.tls, log);
  const server = serverFor(web);
  const connections = new Connections(server.server);
  const sockets = new ScreenSockets(options.log);
  await addRoutes(server, options, { web, certificate, monitoringToken }, sockets, connections);
  try {
    await server.listen({ host: web.host, port: web.port });
    if (server.server instanceof Server) certificate?.renew(server.server);
    const close = async (): Promise<void> => {
      certificate?.stop();
      sockets.close();
      const closed = server.close();
      // The screens are notified first, in the turn that begins the close.
      setImmediate(() => connections.end());
      await closed;
    };
    return { url: urlOf(web, (server.server.address() as AddressInfo).port), close };
  } catch (error) {
    sockets.close();
    await server.close();
    throw listenError(error as NodeJS.ErrnoException, web);
  }
}

function listenError({ code, message }: NodeJS.ErrnoException, { host, port }: WebAddress): StartError {
  if (code === 'EADDRINUSE')
    return new StartError(`Port ${String(port)} is in use. Stop what uses it, or choose another with --port.`);
  if (code === 'EACCES')
    return new StartError(`Port ${String(port)} may not be used by this account. Choose one above 1023 with --port.`);
  return new StartError(`The address ${host}:${String(port)} cannot be listened on: ${message}.`);
}
