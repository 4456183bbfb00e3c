import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { ReplayState, StreamName } from '../../shared/contract/contract.ts';
import { useReadable } from '../ui/useReadable.ts';
import type { Client, Connection } from './client.ts';
import type { CountyData } from './countyData.ts';
import type { Live } from './live.ts';
import type { StreamState } from './mergeStream.ts';
import type { Seat } from './seat.ts';
import type { Selection } from './selection.ts';

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('LiveContext is missing above this component');
  return live;
}

export const useClient = (): Client => useLive().client;

/** The person at this screen, and the ways to sign in and out. */
export const useSeat = (): Seat => useLive().seat;

export const useSelection = (): Selection => useLive().selection;

/** The merged state of a stream, updated at most four times per second; undefined while it is loading. */
export function useStream<S extends StreamName>(name: S): StreamState[S] | undefined {
  return useReadable(useClient().stream(name));
}

export function useConnection(): Connection {
  return useReadable(useClient().connection);
}

export function useCountyData(): CountyData {
  return useReadable(useLive().county);
}

/** Reads a time in whole steps of `everyMs`; undefined before the first contact. */
function useSteps(read: () => number | undefined, everyMs: number): number | undefined {
  const subscribe = useCallback(
    (listener: () => void) => {
      const id = window.setInterval(listener, Math.min(everyMs, 1000));
      return () => window.clearInterval(id);
    },
    [everyMs],
  );
  return useSyncExternalStore(subscribe, () => {
    const now = read();
    return now === undefined ? undefined : Math.floor(now / everyMs) * everyMs;
  });
}

/**
 * The engine's time in whole steps of `everyMs`. Use it for what stays live also while the screen shows the past:
 * alarms, incidents, the connection.
 */
export function useNow(everyMs: number): number | undefined {
  return useSteps(useClient().nowMs, everyMs);
}

/** The time of the picture in whole steps of `everyMs`, for ages and time ranges of the county's data. */
export function usePictureNow(everyMs: number): number | undefined {
  return useSteps(useClient().pictureMs, everyMs);
}

/** The replay that this screen shows; undefined while it is live. */
export const useReplay = (): ReplayState | undefined => useStream('vitals')?.replay;
