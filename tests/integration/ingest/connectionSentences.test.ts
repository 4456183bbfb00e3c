import { createServer as createPlainServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { BrokerConnection } from '../../../main/engine/ingest/BrokerConnection.ts';
import { readPem } from '../../../main/readPem.ts';
import { freePort } from '../../support/freePort.ts';
import { eventually } from '../../support/startHost.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

type Pair = { cert: string; private: string };
type Credentials = ConstructorParameters<typeof BrokerConnection>[0]['credentials'];

const DAY_MS = 86_400_000;
let authority: Pair;
let otherAuthority: Pair;

const makeAuthority = (name: string): Promise<Pair> =>
  generate([{ name: 'commonName', value: name }], {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });

/** A certificate for the loopback address, issued by the authority. */
function issue(
  issuer: Pair,
  {
    fromMs = Date.now() - DAY_MS,
    toMs = Date.now() + DAY_MS,
    ip = '127.0.0.1',
  }: { fromMs?: number; toMs?: number; ip?: string } = {},
): Promise<Pair> {
  return generate([{ name: 'commonName', value: 'broker' }], {
    ca: { cert: issuer.cert, key: issuer.private },
    notBeforeDate: new Date(fromMs),
    notAfterDate: new Date(toMs),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 7, ip }] },
    ],
  });
}

beforeAll(async () => {
  authority = await makeAuthority('County authority');
  otherAuthority = await makeAuthority('Other authority');
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A real TLS server, which is all that these connections get to see. */
const tlsPort = ({ cert, private: key }: Pair, more: TlsOptions = {}): Promise<number> =>
  listening(
    createTlsServer({ cert, key, ...more }, (socket) => socket.on('error', () => undefined)).on(
      'tlsClientError',
      () => undefined,
    ),
  );

/** The first sentence about a connection that does not come about. */
async function sentenceOf(url: string, credentials: Credentials = {}): Promise<string> {
  const connection = new BrokerConnection({
    url,
    credentials,
    clientId: 'beacon-test',
    subscriptions: [],
    isTransient: true,
    nowMs: Date.now,
    log: () => undefined,
  });
  connection.start();
  onTestFinished(() => connection.stop());
  return eventually('A reason', () => connection.state.reason);
}

describe('a broker whose certificate is not right', () => {
  it.each<[string, () => Promise<Pair>, () => Credentials, RegExp]>([
    [
      'expired',
      () => issue(authority, { fromMs: Date.now() - 9 * DAY_MS, toMs: Date.now() - DAY_MS }),
      () => ({ ca: authority.cert }),
      /has expired\. Have it renewed at the broker; .* check the clock/,
    ],
    [
      'not valid yet',
      () => issue(authority, { fromMs: Date.now() + DAY_MS, toMs: Date.now() + 9 * DAY_MS }),
      () => ({ ca: authority.cert }),
      /is not valid yet\. Check the clock of this machine/,
    ],
    [
      'of an authority that is not known',
      () => issue(authority),
      () => ({}),
      /is not trusted \(\w+\)\. Give its authority with --ca FILE/,
    ],
    [
      'of another authority than the one given',
      () => issue(authority),
      () => ({ ca: otherAuthority.cert }),
      /is not trusted \(\w+\): the authority in --ca FILE did not issue it/,
    ],
    [
      'for another address',
      () => issue(authority, { ip: '192.0.2.7' }),
      () => ({ ca: authority.cert }),
      /is for another host name\. It is for 192\.0\.2\.7\. Use a name of the certificate/,
    ],
  ])('%s', async (_, certificate, credentials, sentence) => {
    const port = await tlsPort(await certificate());
    expect(await sentenceOf(`mqtts://127.0.0.1:${String(port)}`, credentials())).toMatch(sentence);
  });

  it('and one that asks for a certificate of this machine', async () => {
    const port = await tlsPort(await issue(authority), { requestCert: true, ca: authority.cert });
    expect(await sentenceOf(`mqtts://127.0.0.1:${String(port)}`, { ca: authority.cert })).toMatch(
      /asks for a certificate of this machine\. Give it with --cert FILE and --key FILE/,
    );
  });
});

describe('an address that is not right', () => {
  it('plain at a port that expects TLS', async () => {
    const port = await tlsPort(await issue(authority));
    expect(await sentenceOf(`mqtt://me:secret@127.0.0.1:${String(port)}`)).toBe(
      `mqtt://127.0.0.1:${String(port)} expects TLS. Use mqtts://127.0.0.1:${String(port)}.`,
    );
  });

  it('TLS at a port that closes on it', async () => {
    const port = await listening(
      createPlainServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end())),
    );
    expect(await sentenceOf(`mqtts://127.0.0.1:${String(port)}`)).toMatch(
      /does not speak TLS at this port\. Use mqtt:\/\/127\.0\.0\.1:\d+, or the port .* \(usually 8883\)/,
    );
  });

  it('TLS at a port that answers in plain', async () => {
    const port = await listening(
      createPlainServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end('220 mail\r\n'))),
    );
    expect(await sentenceOf(`mqtts://127.0.0.1:${String(port)}`)).toMatch(/does not speak TLS at this port/);
  });

  it('a port of something else', async () => {
    const port = await listening(
      createPlainServer((socket) =>
        socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 400\r\n\r\n')),
      ),
    );
    expect(await sentenceOf(`mqtt://127.0.0.1:${String(port)}`)).toMatch(
      /closed the connection without an answer\. Check that an MQTT broker listens at this port/,
    );
  });

  it('a path without a broker over WebSocket', async () => {
    const port = await listening(
      createPlainServer((socket) =>
        socket
          .on('error', () => undefined)
          .once('data', () => socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')),
      ),
    );
    expect(await sentenceOf(`ws://127.0.0.1:${String(port)}/nothing`)).toMatch(
      /closed the connection without an answer\. Check that a broker takes MQTT over WebSocket at this port and path/,
    );
  });

  it('WebSocket, whose errors the library keeps to itself', async () => {
    const port = await tlsPort(await issue(authority));
    expect(await sentenceOf(`ws://127.0.0.1:${String(port)}`)).toMatch(/expects TLS\. Use wss:/);
    expect(await sentenceOf(`wss://127.0.0.1:${String(port)}`)).toMatch(/is not trusted \(\w+\)\. Give its authority/);
    expect(await sentenceOf(`ws://127.0.0.1:${String(await freePort())}`)).toMatch(/Nothing answers at/);
  });

  it('a port at which nobody listens, and a name that nobody has', async () => {
    expect(await sentenceOf(`mqtt://127.0.0.1:${String(await freePort())}`)).toMatch(
      /Nothing answers at .* Check that the broker runs and the port is right/,
    );
    expect(await sentenceOf('mqtt://broker.invalid')).toMatch(/host name .* cannot be found\. Check the address/);
  });
});

describe('a file that is not what it should be is refused before anything starts', () => {
  const refuse = (sentence: string): Error => new Error(sentence);
  const file = (content: string): string => {
    const path = join(temporaryFolder(), 'file.pem');
    writeFileSync(path, content);
    return path;
  };

  it('certificates and keys', () => {
    expect(() => readPem({ ca: file('') }, refuse)).toThrow(/There is no certificate in --ca .*BEGIN CERTIFICATE/);
    expect(() => readPem({ ca: file(authority.private) }, refuse)).toThrow(
      /no certificate in --ca .* It holds a private key/,
    );
    expect(() => readPem({ ca: file(authority.cert.replace(/\n.{10}/, '\nAAAAAAAAAA')) }, refuse)).toThrow(
      /is damaged/,
    );
    expect(() => readPem({ cert: file(authority.cert) }, refuse)).toThrow(
      /--cert FILE and --key FILE are needed together/,
    );
    expect(() => readPem({ cert: file(authority.cert), key: file(authority.cert) }, refuse)).toThrow(
      /There is no private key in --key/,
    );
    expect(() => readPem({ cert: file(authority.cert), key: file(otherAuthority.private) }, refuse)).toThrow(
      /does not belong to the certificate/,
    );
    expect(() => readPem({ ca: '/nothing.pem' }, refuse)).toThrow('--ca /nothing.pem cannot be read.');
  });

  it('and what is right is read', () => {
    const [ca, cert, key] = [authority.cert + otherAuthority.cert, authority.cert, authority.private];
    expect(readPem({ ca: file(ca), cert: file(cert), key: file(key) }, refuse)).toEqual({ ca, cert, key });
    expect(readPem({}, refuse)).toEqual({ ca: undefined, cert: undefined, key: undefined });
  });
});
