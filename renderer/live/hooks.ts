import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { StreamName } from '../../shared/contract.ts';
import type { Client, Connection } from './client.ts';
import type { CountyData } from './countyData.ts';
import type { Live } from './live.ts';
import type { StreamState } from './mergeStream.ts';
import type { Selection } from './selection.ts';
import type { Readable } from './store.ts';

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('LiveContext is missing above this component');
  return live;
}

/** The present value of a store, redrawn when it changes. */
export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

export const useClient = (): Client => useLive().client;

export const useSelection = (): Selection => useLive().selection;

/** The merged state of a stream, at most four times a second; undefined while it is loading. */
export function useStream<S extends StreamName>(name: S): StreamState[S] | undefined {
  return useReadable(useClient().stream(name));
}

export function useConnection(): Connection {
  return useReadable(useClient().connection);
}

export function useCountyData(): CountyData {
  return useReadable(useLive().county);
}

/** The engine's time in whole steps of `everyMs`, for ages and clocks; undefined before the first contact. */
export function useNow(everyMs: number): number | undefined {
  const client = useClient();
  const subscribe = useCallback(
    (listener: () => void) => {
      const id = window.setInterval(listener, Math.min(everyMs, 1000));
      return () => window.clearInterval(id);
    },
    [everyMs],
  );
  return useSyncExternalStore(subscribe, () => {
    const now = client.nowMs();
    return now === undefined ? undefined : Math.floor(now / everyMs) * everyMs;
  });
}
