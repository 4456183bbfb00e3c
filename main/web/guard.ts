import { createHash, timingSafeEqual } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentSecurityPolicy } from '../../shared/contentSecurityPolicy.ts';
import { isLoopback, limitKey, proxyCheck } from '../peers.ts';
import type { WebAddress } from '../webAddress.ts';
import type { ServerCertificate } from './ServerCertificate.ts';

/** What one address may ask for in ten seconds; a page that loads asks for some fifty files. */
const REQUESTS = { max: 1000, timeWindow: 10_000, cache: 10_000 };
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Who may ask: the address with its protection, its certificate, and the token of an administrator's monitoring. */
export type Access = {
  web: WebAddress;
  certificate: ServerCertificate | undefined;
  monitoringToken: string | undefined;
};

const hostName = (authority: string): string => authority.replace(/:\d+$/, '').toLowerCase();

/** Checks the origin: browsers send the page's origin with an upgrade, programs send none. */
function isOwnOrigin({ headers: { origin }, host }: FastifyRequest): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Whether a screen is at this machine; what comes through a proxy never is, wherever the proxy runs. */
export const isAtThisMachine = ({ ip }: FastifyRequest, { proxy }: WebAddress): boolean =>
  proxy === undefined && isLoopback(ip);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Monitoring from another machine shows the token; without one, it is for this machine alone. */
function mayMonitor(request: FastifyRequest, { web, monitoringToken }: Access): boolean {
  if (isAtThisMachine(request, web)) return true;
  const [, shown] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (shown === undefined || monitoringToken === undefined) return false;
  return timingSafeEqual(digest(shown), digest(monitoringToken));
}

/** Refuses `/healthz` and `/metrics` to others than an administrator's monitoring. */
export const guardMonitoring =
  (access: Access) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (mayMonitor(request, access)) return;
    await reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send('Ask at the machine itself, or with the token of BEACON_MONITORING_TOKEN.\n');
  };

/** Adds what every request has to pass, and the headers that every answer carries. */
export async function addGuard(server: FastifyInstance, { web, certificate }: Access): Promise<void> {
  const { proxy, names, tls } = web;
  const isProxy = proxy === undefined ? undefined : proxyCheck(proxy);
  // A page of another site whose name was made to point here (DNS rebinding) sends that other name.
  const isOwnHost = (host: string): boolean =>
    LOOPBACK_NAMES.has(host) || names.includes(host) || certificate?.isFor(host) === true;
  await server.register(helmet, {
    contentSecurityPolicy: false,
    hsts: tls !== undefined && { includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('content-security-policy', contentSecurityPolicy);
    if (isProxy !== undefined && !isProxy(request.socket.remoteAddress ?? ''))
      await reply.code(403).send('Only the reverse proxy may ask here.\n');
    else if (!isOwnHost(hostName(request.host)))
      await reply.code(421).send('Ask for this address by 127.0.0.1 or localhost, or by a name of its certificate.\n');
    else if (request.method !== 'GET' && request.method !== 'HEAD') await reply.code(405).send('Only GET and HEAD.\n');
    else if (request.headers.upgrade !== undefined && !isOwnOrigin(request))
      await reply.code(403).send('Another site may not connect.\n');
  });
  await server.register(rateLimit, {
    ...REQUESTS,
    keyGenerator: ({ ip }) => limitKey(ip),
    allowList: (request) => isAtThisMachine(request, web),
  });
}
