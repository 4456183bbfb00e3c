import type { Connection } from '../../client/client.ts';
import type { Vitals } from '../../client/mergeStream.ts';

/** To what extent the picture on the screen can be trusted. */
export type Health = {
  state: 'connecting' | 'live' | 'frozen' | 'brokerLost' | 'brokerConnecting' | 'storeFailed' | 'silent';
  /** When this state began, in engine time; undefined if it is not known. */
  sinceMs: number | undefined;
  /** Age of the newest message of any feed; undefined before the first. */
  dataAgeMs: number | undefined;
  reason: string | undefined;
};

/** The engine sends something once per second; a picture older than this is no longer live. */
export const FROZEN_AFTER_MS = 10_000;
/** When all feeds have been silent for longer than this, something is wrong, even if the broker reports otherwise. */
const SILENT_AFTER_MS = 120_000;

export type Present = {
  connection: Pick<Connection, 'state' | 'sinceMs'>;
  vitals: Vitals | undefined;
  nowMs: number | undefined;
};

/** Reports the worst fault first, because a dead connection hides everything behind it. */
export function healthOf({ connection, vitals, nowMs }: Present): Health {
  const dataAgeMs = dataAge(vitals, nowMs);
  const health = (state: Health['state'], sinceMs?: number, reason?: string): Health => ({
    state,
    sinceMs,
    dataAgeMs,
    reason,
  });
  if (connection.state === 'lost') return health('frozen', vitals?.nowMs ?? connection.sinceMs);
  if (connection.state === 'connecting' || vitals === undefined || nowMs === undefined) return health('connecting');
  if (nowMs - vitals.nowMs > FROZEN_AFTER_MS * vitals.clockSpeed) return health('frozen', vitals.nowMs);
  if (vitals.store.state === 'failed') return health('storeFailed', undefined, vitals.store.reason);
  const { broker } = vitals;
  if (broker.state === 'lost' || broker.state === 'refused') return health('brokerLost', broker.sinceMs, broker.reason);
  if (broker.state === 'connecting') return health('brokerConnecting', broker.sinceMs, broker.reason);
  if (dataAgeMs !== undefined && dataAgeMs > SILENT_AFTER_MS) return health('silent', nowMs - dataAgeMs);
  return health('live');
}

function dataAge(vitals: Vitals | undefined, nowMs: number | undefined): number | undefined {
  const newest = vitals?.feeds.reduce<number | undefined>(
    (latest, { lastAtMs }) => (lastAtMs === undefined ? latest : Math.max(latest ?? 0, lastAtMs)),
    undefined,
  );
  return newest === undefined || nowMs === undefined ? undefined : Math.max(0, nowMs - newest);
}
