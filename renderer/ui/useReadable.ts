import { useSyncExternalStore } from 'react';
import type { Readable } from './store.ts';

/** The present value of a store, redrawn when it changes. */
export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

/** A part of a store's value that is compared by identity, redrawn only when that part changes. */
export function usePart<T, P>(readable: Readable<T>, pick: (value: T) => P): P {
  return useSyncExternalStore(readable.subscribe, () => pick(readable.get()));
}
