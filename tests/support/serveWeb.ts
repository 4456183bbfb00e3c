import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { request as requestTls } from 'node:https';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { Health, ScreenOrigin } from '../../main/engine/base/engine.ts';
import { startWebServer } from '../../main/web/startWebServer.ts';
import type { WebAddress } from '../../main/webAddress.ts';
import type { ContractPort } from '../../shared/contract/contract.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export const healthy: Health = { ok: true, broker: 'connected', store: 'ok', nowMs: 1 };

/** A script that the build has compressed, which it does with none so small as `export {};`. */
export const SCRIPT = `export const words = '${'beacon '.repeat(400)}';\n`;

export type ServedScreen = { port: ContractPort; origin: ScreenOrigin; messages: unknown[]; isClosed: boolean };
type Served = { url: string; screens: ServedScreen[]; log: string[] };

/** The carrier over a page of one file, with an engine that only notes who connects. */
export async function serveWeb(
  health: Health = healthy,
  web: Partial<WebAddress> = {},
  monitoringToken?: string,
): Promise<Served> {
  const rendererDir = temporaryFolder();
  mkdirSync(join(rendererDir, 'assets'));
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Beacon</title>');
  writeFileSync(join(rendererDir, 'assets', 'index-abc.js'), 'export {};');
  writeFileSync(join(rendererDir, 'assets', 'page-abc.js'), SCRIPT);
  writeFileSync(join(rendererDir, 'assets', 'page-abc.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(rendererDir, 'assets', 'page-abc.js.gz'), gzipSync(SCRIPT));
  const screens: ServedScreen[] = [];
  const log: string[] = [];
  const engine = {
    connect(screen: ContractPort, origin: ScreenOrigin) {
      const noted: ServedScreen = { port: screen, origin, messages: [], isClosed: false };
      screen.onMessage((message) => noted.messages.push(message));
      screen.onClose(() => (noted.isClosed = true));
      screens.push(noted);
    },
    health: () => health,
    metrics: () => Promise.resolve('beacon_screens 0\n'),
  };
  const server = await startWebServer({
    engine,
    web: { host: '127.0.0.1', port: 0, names: [], ...web },
    monitoringToken,
    rendererDir,
    log: (_level, message) => log.push(message),
  });
  onTestFinished(server.close);
  return { url: server.url, screens, log };
}

export type WebAnswer = { status: number; headers: IncomingHttpHeaders; body: string; bytes: Buffer };

/** `fetch` neither sends a foreign Host header nor a path with dots, so this asks below it. */
export function askWeb(
  url: string,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<WebAnswer> {
  const { protocol, hostname, port } = new URL(url);
  const send = protocol === 'https:' ? requestTls : request;
  return new Promise((resolve, reject) => {
    const sent = send({ hostname, port, path, method, headers, rejectUnauthorized: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes.toString('utf8'), bytes });
      });
    });
    sent.on('error', reject).end();
  });
}
