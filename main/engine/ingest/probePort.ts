import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { ConnectionError } from './explainConnectionError.ts';

const PATIENCE_MS = 5000;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'mqtt:': 1883, 'mqtts:': 8883, 'ws:': 80, 'wss:': 443 };
/** Errors of the way to the port, before anything was said at it. */
const NO_WAY = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

/** What was found at a port: whether it speaks TLS, and why a connection to it fails. */
type Probed = { speaksTls: boolean; error?: ConnectionError };

/**
 * Finds out with a TLS handshake why a connection ended without an answer: a port that expects TLS closes what is not
 * TLS without a word, and the errors of a WebSocket never arrive. Nothing is sent over the connection. The certificate
 * is checked where the address asks for TLS.
 */
export async function probePort(url: string, ca: string | undefined): Promise<Probed> {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isTls = protocol === 'mqtts:' || protocol === 'wss:';
  const { promise, resolve } = Promise.withResolvers<ConnectionError | undefined>();
  const socket = connect({
    host,
    port: port === '' ? (DEFAULT_PORTS[protocol] ?? 1883) : Number(port),
    rejectUnauthorized: isTls,
    timeout: PATIENCE_MS,
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
  });
  socket.once('secureConnect', () => resolve(undefined));
  socket.on('error', (error: ConnectionError) => resolve(error));
  for (const event of ['close', 'timeout'] as const) socket.once(event, () => resolve(new Error('closed')));
  const error = await promise.finally(() => socket.destroy());
  if (error === undefined) return { speaksTls: true };
  const isTold = isTls || NO_WAY.has(String(error.code));
  return { speaksTls: false, ...(isTold && error.code !== undefined && { error }) };
}
