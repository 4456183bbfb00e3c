import { readListenAddress, readProtection } from './listenOptions.ts';
import type { Protection } from './listenOptions.ts';

/** Where the screens of the web address are served, and to whom. */
export type WebAddress = Protection & {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Names by which other machines ask for it, beside those in its certificate; in small letters. */
  names: readonly string[];
};
type Flags = { listen: string; 'tls-cert'?: string; 'tls-key'?: string; proxy?: string; name?: string[] };

const NAMES = { listen: 'listen', pemPrefix: 'tls-', proxy: 'proxy', example: '127.0.0.1:4680' };
const HOST_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i;

/** Reads where the engine serves its screens. Throws what `wrong` makes of a sentence. */
export function readWebAddress(
  { listen, 'tls-cert': cert, 'tls-key': key, proxy, name: names = [] }: Flags,
  wrong: (sentence: string) => Error,
): WebAddress {
  const protection = readProtection(NAMES, { cert, key }, proxy, wrong);
  const address = readListenAddress(NAMES, listen, protection, wrong);
  for (const name of names)
    if (!HOST_NAME.test(name)) throw wrong(`--name ${name} is not a host name like beacon.example.org.`);
  if (proxy !== undefined && names.length === 0)
    throw wrong('--proxy needs --name HOST, the name by which people ask the reverse proxy for Beacon.');
  return { ...address, ...protection, names: names.map((name) => name.toLowerCase()) };
}
