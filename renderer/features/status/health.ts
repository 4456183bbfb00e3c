import type { Connection } from '../../client/client.ts';
import { awaitedText, freshnessOfFeeds } from '../../client/freshness.ts';
import type { Freshness } from '../../client/freshness.ts';
import type { Vitals } from '../../client/mergeStream.ts';

/** To what extent the picture on the screen can be trusted. */
export type Health = {
  state:
    | 'connecting'
    | 'live'
    | 'frozen'
    | 'brokerLost'
    | 'brokerConnecting'
    | 'storeFailed'
    | 'silent'
    | 'partlySilent'
    | 'waiting';
  /** When this state began, in engine time; undefined if it is not known. */
  sinceMs: number | undefined;
  /** Age of the oldest feed that the picture needs; undefined before the first data. */
  dataAgeMs: number | undefined;
  /** The names of the feeds that have fallen silent. */
  silent: readonly string[];
  reason: string | undefined;
};

/** The engine sends something once per second; a picture older than this is no longer live. */
export const FROZEN_AFTER_MS = 10_000;
export type Present = {
  connection: Pick<Connection, 'state' | 'sinceMs'>;
  vitals: Vitals | undefined;
  nowMs: number | undefined;
};

/** Reports the worst fault first, because a dead connection hides everything behind it. */
export function healthOf({ connection, vitals, nowMs }: Present): Health {
  const freshness = vitals === undefined ? nothingKnown : freshnessOfFeeds(vitals);
  const { silent, oldestAtMs } = freshness;
  const dataAgeMs = oldestAtMs === undefined || nowMs === undefined ? undefined : Math.max(0, nowMs - oldestAtMs);
  const health = (state: Health['state'], sinceMs?: number, reason?: string): Health => ({
    state,
    sinceMs,
    dataAgeMs,
    silent,
    reason,
  });
  if (connection.state === 'lost') return health('frozen', vitals?.nowMs ?? connection.sinceMs);
  if (connection.state === 'connecting' || vitals === undefined || nowMs === undefined) return health('connecting');
  if (nowMs - vitals.nowMs > FROZEN_AFTER_MS * vitals.clockSpeed) return health('frozen', vitals.nowMs);
  if (vitals.store.state === 'failed') return health('storeFailed', undefined, vitals.store.reason);
  const { broker } = vitals;
  if (broker.state === 'lost' || broker.state === 'refused') return health('brokerLost', broker.sinceMs, broker.reason);
  if (broker.state === 'connecting') return health('brokerConnecting', broker.sinceMs, broker.reason);
  const steady = vitals.feeds.filter(({ isSteady, state }) => isSteady && state !== 'unused');
  if (vitals.feeds.every(({ state }) => state === 'unused'))
    return health('waiting', broker.sinceMs, awaitedText(freshness));
  if (silent.length === 0) return health('live');
  return steady.length > 0 && steady.every(({ state }) => state === 'quiet')
    ? health('silent', lastOf(steady))
    : health('partlySilent', oldestAtMs);
}

const nothingKnown: Freshness = { oldestAtMs: undefined, silent: [], awaited: [] };

/** When the last message of any of these feeds came. */
function lastOf(feeds: Vitals['feeds']): number | undefined {
  const times = feeds.flatMap(({ lastAtMs }) => lastAtMs ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
}
