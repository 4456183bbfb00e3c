import { useMemo } from 'react';
import type { Freshness } from './freshness.ts';
import { freshnessOfFeeds, freshnessOfFigures } from './freshness.ts';
import { useStream } from './hooks.ts';

/** The freshness of what is made of all feeds together; undefined while it is loading. */
export function useFeedFreshness(): Freshness | undefined {
  const vitals = useStream('vitals');
  return useMemo(() => (vitals === undefined ? undefined : freshnessOfFeeds(vitals)), [vitals]);
}

/** The freshness of all figures together; undefined while it is loading. */
export function useFigureFreshness(): Freshness | undefined {
  const figures = useStream('figures');
  return useMemo(() => (figures === undefined ? undefined : freshnessOfFigures(figures)), [figures]);
}

/**
 * The freshness of what people write. It is written at this workstation and arrives from the others by the broker, so
 * where there are others it is as old as the last moment at which the broker was connected.
 */
export function useLogFreshness(): Freshness | undefined {
  const vitals = useStream('vitals');
  const desk = useStream('desk');
  return useMemo(() => {
    if (vitals === undefined) return undefined;
    const { broker, nowMs } = vitals;
    const hasOthers = desk?.workstations.some(({ state }) => state !== 'self' && state !== 'revoked') === true;
    const isCut = hasOthers && broker.state !== 'connected';
    return { oldestAtMs: isCut ? broker.sinceMs : nowMs, silent: isCut ? ['Other workstations'] : [], awaited: [] };
  }, [vitals, desk]);
}
