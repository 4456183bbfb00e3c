/** A value that lives outside React and notifies its listeners of changes; it fits `useSyncExternalStore`. */
export type Readable<T> = { get: () => T; subscribe: (listener: () => void) => () => void };
export type Store<T> = Readable<T> & { set: (next: T) => void };

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
