import { readListenAddress, readProtection } from './listenOptions.ts';
import type { Protection } from './listenOptions.ts';

/** Where the citizens' portal listens, and what it needs for that. */
export type PortalOptions = Protection & {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Another port will do where this one is taken. */
  isAnyPortFine: boolean;
};
type Flags = {
  portal?: string | undefined;
  'portal-cert'?: string | undefined;
  'portal-key'?: string | undefined;
  'portal-proxy'?: string | undefined;
};

const NAMES = { listen: 'portal', pemPrefix: 'portal-', proxy: 'portal-proxy', example: '127.0.0.1:4681, or off' };

/**
 * Reads the options of the citizens' portal: `fallback` where none are given, undefined for `--portal off`. Throws what
 * `wrong` makes of a sentence, also where other machines could read along.
 */
export function portalOptions(
  flags: Flags,
  wrong: (sentence: string) => Error,
  fallback: PortalOptions | undefined,
): PortalOptions | undefined {
  const { portal: text, 'portal-cert': cert, 'portal-key': key, 'portal-proxy': proxy } = flags;
  const protection = readProtection(NAMES, { cert, key }, proxy, wrong);
  if (text === 'off') return undefined;
  if (text === undefined) return fallback && { ...fallback, ...protection };
  return { ...readListenAddress(NAMES, text, protection, wrong), isAnyPortFine: false, ...protection };
}
