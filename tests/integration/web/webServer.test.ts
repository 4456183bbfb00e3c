import { once } from 'node:events';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ContractPort } from '../../../shared/contract/contract.ts';
import { askWeb, healthy, SCRIPT, serveWeb } from '../../support/serveWeb.ts';
import { eventually } from '../../support/startHost.ts';

const contract = (url: string, headers: Record<string, string> = {}): WebSocket =>
  new WebSocket(`${url.replace('http', 'ws')}/contract`, { headers });

async function open(url: string): Promise<WebSocket> {
  const socket = contract(url);
  await once(socket, 'open');
  onTestFinished(() => socket.terminate());
  return socket;
}

test('the page comes with its policy, is asked for anew each time, and its hashed files are kept for good', async () => {
  const { url } = await serveWeb();
  const page = await askWeb(url, '/');
  expect(page.status).toBe(200);
  expect(page.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-cache',
    'referrer-policy': 'no-referrer',
  });
  expect(page.headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'self';.*; require-trusted-types-for 'script'; trusted-types default$/,
  );
  expect((await askWeb(url, '/assets/index-abc.js')).headers['cache-control']).toContain('immutable');
});

test.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['br;q=0, gzip', 'gzip', gunzipSync],
  ['identity', undefined, (bytes: Buffer) => bytes],
  ['zstd', undefined, (bytes: Buffer) => bytes],
])('who accepts "%s" gets the script as %s', async (accepted, encoding, unpack) => {
  const { url } = await serveWeb();
  const { status, headers, bytes } = await askWeb(url, '/assets/page-abc.js', {
    headers: { 'accept-encoding': accepted },
  });
  expect(status).toBe(200);
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['content-type']).toMatch(/^(?:text|application)\/javascript/);
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['vary']).toMatch(/accept-encoding/i);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(unpack(bytes).toString('utf8')).toBe(SCRIPT);
});

test('what the build has not compressed comes as it is, and the page is asked for anew however it is packed', async () => {
  const { url } = await serveWeb();
  const headers = { 'accept-encoding': 'br, gzip' };
  const script = await askWeb(url, '/assets/index-abc.js', { headers });
  expect(script).toMatchObject({ status: 200, body: 'export {};' });
  expect(script.headers['content-encoding']).toBeUndefined();
  const page = await askWeb(url, '/', { headers });
  expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Beacon</title>' });
  expect(page.headers['cache-control']).toBe('no-cache');
});

test('a packed script is asked for again only when it has changed', async () => {
  const { url } = await serveWeb();
  const headers = { 'accept-encoding': 'br' };
  const first = await askWeb(url, '/assets/page-abc.js', { headers });
  const again = await askWeb(url, '/assets/page-abc.js', {
    headers: { ...headers, 'if-none-match': first.headers.etag ?? '' },
  });
  expect(again).toMatchObject({ status: 304, body: '' });
});

test.each([
  '/assets/page-abc.js.br',
  '/assets/page-abc.js.gz',
  '/assets/page-abc.js%2Ebr',
  '/../../etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/assets/../../index.html',
  '/nothing',
])('%s leads nowhere', async (path) => {
  const { url } = await serveWeb();
  for (const accepted of ['identity', 'br, gzip']) {
    const { status, body } = await askWeb(url, path, { headers: { 'accept-encoding': accepted } });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('root:');
  }
});

test('a name of another site that points here is refused', async () => {
  const { url } = await serveWeb();
  for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example'])
    expect((await askWeb(url, '/', { headers: { host } })).status).toBe(421);
  expect((await askWeb(url, '/', { headers: { host: 'localhost:1' } })).status).toBe(200);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
  const { url } = await serveWeb();
  expect((await askWeb(url, '/', { method })).status).toBe(405);
});

test.each(['http://evil.example', 'http://127.0.0.1:1', 'null', 'file://'])(
  'a page of %s cannot connect',
  async (origin) => {
    const { url, screens } = await serveWeb();
    const socket = contract(url, { origin });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
    expect(screens).toHaveLength(0);
    // Left open on purpose: it must not keep the server from closing.
  },
);

test('health and metrics are told to whoever asks; an engine in trouble answers 503', async () => {
  const { url } = await serveWeb({ ...healthy, ok: false, broker: 'lost' });
  const health = await askWeb(url, '/healthz');
  expect(health.status).toBe(503);
  expect(JSON.parse(health.body)).toMatchObject({ ok: false, broker: 'lost' });
  const metrics = await askWeb(url, '/metrics');
  expect(metrics.headers['content-type']).toContain('text/plain');
  expect(metrics.body).toBe('beacon_screens 0\n');
});

test('objects go as text and frames as bytes, in both directions as they were', async () => {
  const { url, screens } = await serveWeb();
  const socket = await open(url);
  const received: (string | number[])[] = [];
  socket.on('message', (data: Buffer, isBinary) => received.push(isBinary ? [...data] : data.toString('utf8')));
  socket.send('{"type":"hello","note":"Zürich"}');
  const screen = await eventually('The screen', () => screens[0]);
  await eventually('The message', () => screen.messages[0]);
  expect(screen.messages).toEqual([{ type: 'hello', note: 'Zürich' }]);
  const message = { type: 'welcome', version: 'é' } as unknown as Parameters<ContractPort['send']>[0];
  screen.port.send(message);
  screen.port.send(new Uint8Array([1, 2, 255]).buffer);
  await eventually('Both answers', () => received.length === 2 || undefined);
  expect(received).toEqual([JSON.stringify(message), [1, 2, 255]]);
  expect(screen.port.bufferedBytes()).toBe(0);
});

test('what is no JSON reaches the session as nothing, and a flood of it is read more slowly and named', async () => {
  const { url, screens, log } = await serveWeb();
  const flooder = await open(url);
  const other = await open(url);
  for (let sent = 0; sent < 1000; sent++) flooder.send(sent % 2 === 0 ? '{"broken' : Buffer.from([0xff, 0xfe]));
  const screen = await eventually('The screen', () => screens[0]);
  other.send('{}');
  await eventually('The message of another screen', () => screens[1]?.messages[0]);
  expect(screen.messages.length).toBeLessThan(1000);
  await eventually('The flood', () => screen.messages.length === 1000 || undefined);
  expect(log).toEqual([expect.stringMatching(/^A screen at 127\.0\.0\.1:\d+ .* is read more slowly\.$/)]);
  expect(screen.messages.every((message) => message === undefined)).toBe(true);
  expect((await askWeb(url, '/healthz')).status).toBe(200);
});

test('a message over the limit ends the connection of its sender alone', async () => {
  const { url, screens } = await serveWeb();
  const sender = await open(url);
  const other = await open(url);
  sender.on('error', () => undefined);
  sender.send('x'.repeat(1_000_001));
  const [code] = (await once(sender, 'close')) as [number];
  expect(code).toBe(1009);
  await eventually('Its session to end', () => screens[0]?.isClosed || undefined);
  expect(screens[1]?.isClosed).toBe(false);
  expect(other.readyState).toBe(WebSocket.OPEN);
});

const words = 'x'.repeat(100_000);
const notices = (): Parameters<ContractPort['send']>[0] => ({
  type: 'stream',
  stream: 'notices',
  data: { notices: [{ id: '1', level: 'info', text: words, atMs: 1 }] },
});

test('a screen that does not read is closed and named before it costs much, and the others are not touched', async () => {
  const { url, screens, log } = await serveWeb();
  const [unknown, known, honest] = [await open(url), await open(url), await open(url)];
  let read = 0;
  honest.on('message', () => read++);
  for (const each of [unknown, known]) {
    each.on('error', () => undefined);
    each.pause();
  }
  const [first, second, third] = await eventually('The screens', () => (screens.length === 3 ? screens : undefined));
  second?.port.admit?.('Wall of the lobby');
  third?.port.admit?.('Ada');
  let sent = 0;
  await eventually('Both to be closed', () => {
    for (let message = 0; message < 20; message++) {
      for (const each of screens) each.port.send(notices());
      sent++;
    }
    for (const each of [first, second]) expect(each?.port.bufferedBytes()).toBeLessThan(40_100_000);
    return (first?.isClosed === true && second?.isClosed === true) || undefined;
  });
  expect(log).toHaveLength(2);
  expect(log[0]).toMatch(/^A screen at 127\.0\.0\.1:\d+ where nobody is signed in was closed: it does not read/);
  expect(log[1]).toMatch(/^The screen of Wall of the lobby at 127\.0\.0\.1:\d+ was closed: it does not read/);
  await eventually('All that was sent', () => read === sent || undefined);
});

test('what all screens together have not read is bounded', async () => {
  const { url, screens, log } = await serveWeb();
  for (let index = 0; index < 6; index++) {
    const socket = await open(url);
    socket.on('error', () => undefined);
    socket.pause();
  }
  await eventually('The screens', () => screens.length === 6 || undefined);
  for (const each of screens) {
    each.port.admit?.('Wall');
    for (let message = 0; message < 380; message++) each.port.send(notices());
  }
  await eventually('Some to be closed', () => screens.filter(({ isClosed }) => isClosed).length >= 3 || undefined);
  const waiting = screens.reduce((sum, each) => sum + (each.isClosed ? 0 : each.port.bufferedBytes()), 0);
  expect(waiting).toBeLessThanOrEqual(96_000_000);
  expect(log.every((line) => line.includes('many do so at once'))).toBe(true);
});

test('a message that is too large to be carried is an error at the sender, and the screen stays', async () => {
  const { url, screens } = await serveWeb();
  await open(url);
  const screen = await eventually('The screen', () => screens[0]);
  expect(() => screen.port.send({ type: 'answer', id: 1, output: 'x'.repeat(32_000_001) })).toThrow(/too large/);
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(() => screen.port.send({ type: 'answer', id: 1, output: circle })).toThrow(/circular/);
  expect(screen.isClosed).toBe(false);
});

test('of many sockets at which nobody signs in the oldest gives way, and whoever is signed in stays', async () => {
  const { url, screens } = await serveWeb();
  const first = await open(url);
  await eventually('The first screen', () => screens[0]);
  screens[0]?.port.admit?.('Ada');
  for (let index = 0; index < 80; index++) await open(url);
  await eventually('All screens', () => screens.length === 81 || undefined);
  await eventually(
    'The oldest to give way',
    () => screens.filter(({ isClosed }) => isClosed).length === 16 || undefined,
  );
  expect(screens.map(({ isClosed }) => isClosed).lastIndexOf(true)).toBe(16);
  expect(first.readyState).toBe(WebSocket.OPEN);
});

test('a flood of sockets is no flood of lines in the log', async () => {
  const { url, screens, log } = await serveWeb();
  for (let index = 0; index < 150; index++) await open(url);
  await eventually('All screens', () => screens.length === 150 || undefined);
  await eventually(
    'The oldest to give way',
    () => screens.filter(({ isClosed }) => isClosed).length === 86 || undefined,
  );
  expect(log).toHaveLength(31);
  expect(log.at(-1)).toBe('More screens like these are not named for a minute.');
});

test('idle connections and refused upgrades keep nobody out', async () => {
  const { url } = await serveWeb();
  const { hostname, port } = new URL(url);
  for (let index = 0; index < 400; index++) {
    const idle = connect(Number(port), hostname).on('error', () => undefined);
    onTestFinished(() => void idle.destroy());
  }
  const foreign = Array.from({ length: 300 }, () => contract(url, { origin: 'http://evil.example' }));
  for (const each of foreign) each.on('error', () => undefined);
  await Promise.all(foreign.map((each) => new Promise((closed) => each.once('close', closed))));
  expect((await askWeb(url, '/')).status).toBe(200);
  expect((await open(url)).readyState).toBe(WebSocket.OPEN);
});

test('a port in use is told with what to do', async () => {
  const { url } = await serveWeb();
  const { port } = new URL(url);
  await expect(serveWeb(healthy, { port: Number(port) })).rejects.toMatchObject({
    name: 'StartError',
    message: `Port ${port} is in use. Stop what uses it, or choose another with --port.`,
  });
});

test.each([
  ['a path that is not encoded rightly', '/%'],
  ['a path with half a letter', '/assets/%c3%28'],
  ['a path with a zero byte', '/assets/%00.js'],
  ['a path out of the folder', '/..%2f..%2fetc%2fpasswd'],
  ['a folder', '/assets/'],
  ['the contract without an upgrade', '/contract'],
  ['a very long path', `/${'a'.repeat(9000)}`],
])('%s is the fault of the client and answered as such', async (_, path) => {
  const { url } = await serveWeb();
  const { status } = await askWeb(url, path);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});

test.each([
  ['of an impossible range', { range: 'bytes=9-1' }],
  ['that upgrades to something else', { connection: 'upgrade', upgrade: 'h2c' }],
  ['of a WebSocket without a key', { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' }],
  ['of a body in an unknown type', { 'content-type': 'x/y', 'content-length': '0' }],
])('a request %s does not make the server fail', async (_, headers) => {
  const { url } = await serveWeb();
  const status = await askWeb(url, '/contract', { headers }).then(
    (answer) => answer.status,
    () => 400,
  );
  expect(status).toBeLessThan(500);
  expect((await askWeb(url, '/healthz')).status).toBe(200);
});
