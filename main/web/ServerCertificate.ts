import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Server } from 'node:tls';
import type { Log } from '../engine/base/engine.ts';
import type { ServerTls } from '../listenOptions.ts';
import { readPem } from '../readPem.ts';

const CHECK_EVERY_MS = 60_000;

/**
 * The certificate of a server, which is read again when its files change, so that a renewal needs no restart. Files
 * that cannot be used are named in the log, once, and the server goes on with the certificate that it has.
 */
export class ServerCertificate {
  readonly #files: { cert: string; key: string };
  readonly #log: Log;
  #certificate: X509Certificate;
  #held: string;
  #fault: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor({ cert, key, certFile, keyFile }: ServerTls, log: Log) {
    this.#files = { cert: certFile, key: keyFile };
    this.#log = log;
    this.#certificate = new X509Certificate(cert);
    this.#held = `${cert}\n${key}`;
  }

  /** Whether the certificate is for a host, a name or an address. */
  isFor(host: string): boolean {
    const plain = host.replace(/^\[|\]$/g, '');
    const found = isIP(plain) === 0 ? this.#certificate.checkHost(plain) : this.#certificate.checkIP(plain);
    return found !== undefined;
  }

  /** Gives the server each new certificate; `everyMs` is for tests. */
  renew(server: Server, everyMs = CHECK_EVERY_MS): void {
    this.#timer = setInterval(() => this.#check(server), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(server: Server): void {
    try {
      const { cert = '', key = '' } = readPem(this.#files, (sentence) => new Error(sentence), 'tls-');
      this.#takeNew(server, cert, key);
      this.#fault = undefined;
    } catch (error) {
      this.#nameOnce(error instanceof Error ? error.message : String(error));
    }
  }

  #takeNew(server: Server, cert: string, key: string): void {
    const held = `${cert}\n${key}`;
    if (held === this.#held) return;
    server.setSecureContext({ cert, key });
    this.#certificate = new X509Certificate(cert);
    this.#held = held;
    this.#log('info', `The certificate of the web address was renewed; it ends on ${this.#certificate.validTo}.`);
  }

  #nameOnce(sentence: string): void {
    if (sentence === this.#fault) return;
    this.#fault = sentence;
    this.#log('error', `The certificate cannot be renewed, and the one from before is used on: ${sentence}`);
  }
}
