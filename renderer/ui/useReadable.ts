import { useSyncExternalStore } from 'react';
import type { Readable } from './store.ts';

/** Returns the present value of a store, and redraws the component when it changes. */
export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

/** Returns a part of a store's value, compared by identity, and redraws the component only when that part changes. */
export function usePart<T, P>(readable: Readable<T>, pick: (value: T) => P): P {
  return useSyncExternalStore(readable.subscribe, () => pick(readable.get()));
}
