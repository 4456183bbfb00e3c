import { BlockList, isIP } from 'node:net';
import { readPem } from './readPem.ts';

/** Where the citizens' portal listens, and what it needs for that. */
export type PortalOptions = {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Another port will do where this one is taken. */
  isAnyPortFine: boolean;
  tls?: { cert: string; key: string };
  /** The only peers that are served, whose forwarded address is believed; CIDR. */
  proxy?: string;
};
type Flags = {
  portal?: string | undefined;
  'portal-cert'?: string | undefined;
  'portal-key'?: string | undefined;
  'portal-proxy'?: string | undefined;
};

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

/**
 * Reads the options of the citizens' portal: `fallback` where none are given, undefined for `--portal off`. Throws what
 * `wrong` makes of a sentence, also where other machines could read along.
 */
export function portalOptions(
  flags: Flags,
  wrong: (sentence: string) => Error,
  fallback: PortalOptions | undefined,
): PortalOptions | undefined {
  const { portal: text, 'portal-cert': certFile, 'portal-key': keyFile, 'portal-proxy': proxy } = flags;
  const { cert, key } = readPem({ cert: certFile, key: keyFile }, wrong, 'portal-');
  if (proxy !== undefined && !isRange(proxy))
    throw wrong(`--portal-proxy ${proxy} is not an address or a range like 10.0.0.0/8.`);
  if (text === 'off') return undefined;
  const more = {
    ...(cert !== undefined && key !== undefined && { tls: { cert, key } }),
    ...(proxy !== undefined && { proxy }),
  };
  if (text === undefined) return fallback && { ...fallback, ...more };
  const [, address = '', portText = ''] = /^(.*):(\d{1,5})$/.exec(text) ?? [];
  const host = address.replace(/^\[|\]$/g, '');
  if (host === '' || Number(portText) > MOST_PORT)
    throw wrong(`--portal ${text} is not an address like 127.0.0.1:4681, or off.`);
  if (!LOOPBACK.has(host) && !('tls' in more) && proxy === undefined)
    throw wrong(
      `--portal ${text} is refused: other machines could reach it, which needs --portal-cert and --portal-key, or --portal-proxy for a reverse proxy that has them.`,
    );
  return { host, port: Number(portText), isAnyPortFine: false, ...more };
}
