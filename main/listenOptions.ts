import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import { readPem } from './readPem.ts';

/** Certificate and key of a server as PEM text, and the files from which they are read again when they are renewed. */
export type ServerTls = { cert: string; key: string; certFile: string; keyFile: string };

/** What makes a server safe to be reached by other machines; at most one of both is needed. */
export type Protection = {
  tls?: ServerTls;
  /** The only peers that are served, whose forwarded address is believed; CIDR. */
  proxy?: string;
};

/** The options that say where a server listens, without their dashes. */
type OptionNames = {
  listen: string;
  pemPrefix: string;
  proxy: string;
  /** An address of the right form. */ example: string;
};
type Refuse = (sentence: string) => Error;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);
const MOST_PORT = 65_535;

/** Whether a text is an address, or a range of addresses as 10.0.0.0/8. */
function isRange(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  if (!text.includes('/')) return true;
  if (!/^\d{1,3}$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), version === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}

/** Reads the certificate, the key and the proxy of a server. Throws what `wrong` makes of a sentence. */
export function readProtection(
  names: OptionNames,
  files: { cert: string | undefined; key: string | undefined },
  proxy: string | undefined,
  wrong: Refuse,
): Protection {
  const { cert, key } = readPem(files, wrong, names.pemPrefix);
  if (proxy !== undefined && !isRange(proxy))
    throw wrong(`--${names.proxy} ${proxy} is not an address or a range like 10.0.0.0/8.`);
  const { cert: certFile = '', key: keyFile = '' } = files;
  return {
    ...(cert !== undefined &&
      key !== undefined && { tls: { cert, key, certFile: resolve(certFile), keyFile: resolve(keyFile) } }),
    ...(proxy !== undefined && { proxy }),
  };
}

/**
 * Reads the address that a server listens at. Throws what `wrong` makes of a sentence, also where other machines could
 * read along.
 */
export function readListenAddress(
  names: OptionNames,
  text: string,
  { tls, proxy }: Protection,
  wrong: Refuse,
): { host: string; port: number } {
  const [, address = '', portText = ''] = /^(.*):(\d{1,5})$/.exec(text) ?? [];
  const host = address.replace(/^\[|\]$/g, '');
  if (host === '' || Number(portText) > MOST_PORT)
    throw wrong(`--${names.listen} ${text} is not an address like ${names.example}.`);
  if (!LOOPBACK.has(host) && tls === undefined && proxy === undefined)
    throw wrong(
      `--${names.listen} ${text} is refused: other machines could reach it, which needs --${names.pemPrefix}cert and --${names.pemPrefix}key, or --${names.proxy} for a reverse proxy that has them.`,
    );
  return { host, port: Number(portText) };
}
