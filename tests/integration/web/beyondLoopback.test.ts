import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { ServerCertificate } from '../../../main/web/ServerCertificate.ts';
import { makeCertificate } from '../../support/makeCertificate.ts';
import { askWeb, healthy, serveWeb } from '../../support/serveWeb.ts';
import { eventually } from '../../support/startHost.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const TOKEN = 'a-token-of-the-monitoring';

/** The certificate that a server shows now. */
function shownBy(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, rejectUnauthorized: false, agent: false }, (response) => {
      const { socket } = response;
      resolve(socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : '');
      response.resume();
    });
    sent.on('error', reject).end();
  });
}

test('an address with a certificate is served by TLS, to those who ask for a name in it', async () => {
  const { url, screens } = await serveWeb(healthy, {
    host: '127.0.0.2',
    tls: await makeCertificate(temporaryFolder()),
  });
  expect(url).toMatch(/^https:\/\/127\.0\.0\.2:\d+$/);
  const page = await askWeb(url, '/');
  expect(page.status).toBe(200);
  expect(page.headers['strict-transport-security']).toMatch(/max-age=\d{6,}/);
  const named = { host: `beacon.example.org:${new URL(url).port}` };
  expect((await askWeb(url, '/', { headers: named })).status).toBe(200);
  expect((await askWeb(url, '/', { headers: { host: 'evil.example.org' } })).status).toBe(421);
  const socket = new WebSocket(`${url.replace('https', 'wss')}/contract`, {
    headers: { ...named, origin: `https://${named.host}` },
    rejectUnauthorized: false,
  });
  await once(socket, 'open');
  onTestFinished(() => socket.terminate());
  await eventually('The screen', () => screens[0]);
  const foreign = new WebSocket(`${url.replace('https', 'wss')}/contract`, {
    headers: { ...named, origin: 'https://evil.example.org' },
    rejectUnauthorized: false,
  });
  const [error] = (await once(foreign, 'error')) as [Error];
  expect(error.message).toContain('403');
});

test('behind a proxy only the proxy is served, its word on the peer is taken, and nobody counts as local', async () => {
  const { url, screens } = await serveWeb(healthy, { proxy: '127.0.0.1/32', names: ['beacon.example.org'] }, TOKEN);
  const headers = { host: 'beacon.example.org', 'x-forwarded-for': '203.0.113.7' };
  expect((await askWeb(url, '/', { headers })).status).toBe(200);
  expect((await askWeb(url, '/', { headers: { host: 'other.example.org' } })).status).toBe(421);
  for (const forwarded of ['203.0.113.7', '127.0.0.1']) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/contract`, {
      headers: { ...headers, 'x-forwarded-for': forwarded },
    });
    await once(socket, 'open');
    onTestFinished(() => socket.terminate());
  }
  await eventually('Both screens', () => screens[1]);
  expect(screens.map(({ origin }) => origin)).toEqual([
    { isLocal: false, address: '203.0.113.7' },
    { isLocal: false, address: '127.0.0.1' },
  ]);
  const strange = await serveWeb(healthy, { proxy: '192.0.2.0/24', names: ['beacon.example.org'] });
  expect((await askWeb(strange.url, '/', { headers })).status).toBe(403);
});

test('health and metrics are for this machine, and elsewhere for who shows the token', async () => {
  const web = { proxy: '127.0.0.1', names: ['beacon.example.org'] };
  const { url } = await serveWeb(healthy, web, TOKEN);
  const host = 'beacon.example.org';
  for (const path of ['/healthz', '/metrics']) {
    expect((await askWeb(url, path, { headers: { host } })).status).toBe(401);
    expect((await askWeb(url, path, { headers: { host, authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await askWeb(url, path, { headers: { host, authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
  }
  const without = await serveWeb(healthy, web);
  const undefinedToken = { host, authorization: 'Bearer undefined' };
  expect((await askWeb(without.url, '/healthz', { headers: undefinedToken })).status).toBe(401);
  const local = await serveWeb(healthy, {}, TOKEN);
  expect((await askWeb(local.url, '/healthz')).status).toBe(200);
});

test('an address that asks for very much is asked to wait', async () => {
  const { url } = await serveWeb(healthy, { proxy: '127.0.0.1', names: ['beacon.example.org'] });
  const headers = { host: 'beacon.example.org', 'x-forwarded-for': '203.0.113.7' };
  const answers = await Promise.all(Array.from({ length: 1100 }, () => askWeb(url, '/', { headers })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
  const other = { ...headers, 'x-forwarded-for': '203.0.113.8' };
  expect((await askWeb(url, '/', { headers: other })).status).toBe(200);
});

test('a renewed certificate is taken without a restart, and one that cannot be used is named once', async () => {
  const folder = temporaryFolder();
  const first = await makeCertificate(folder, 'first.example.org');
  const log: string[] = [];
  const server = createServer({ cert: first.cert, key: first.key }, (_request, response) => response.end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const held = new ServerCertificate(first, (_level, message) => log.push(message));
  held.renew(server, 20);
  onTestFinished(() => {
    held.stop();
    server.close();
  });
  expect(await shownBy(port)).toBe('first.example.org');
  writeFileSync(first.keyFile, 'nothing');
  await eventually('The fault', () => log[0]);
  expect(await shownBy(port)).toBe('first.example.org');
  await makeCertificate(folder, 'second.example.org');
  await eventually('The renewed certificate', async () => (await shownBy(port)) === 'second.example.org' || undefined);
  expect(held.isFor('second.example.org')).toBe(true);
  expect(log.at(-1)).toMatch(/was renewed/);
  expect(log.filter((line) => /cannot be renewed, .* There is no private key in --tls-key/.test(line))).toHaveLength(1);
});
