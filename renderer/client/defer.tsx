import { useEffect } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { useReadable } from '../ui/useReadable.ts';
import { useConnection } from './hooks.ts';
import { createStore } from '../ui/store.ts';
import { LoadFailure } from '../ui/LoadFailure.tsx';

type State<P> = { state: 'absent' | 'loading' | 'failed' } | { state: 'loaded'; Part: ComponentType<P> };

export type Deferred<P> = {
  /** Loads the script unless it is there or on its way. Never rejects: a failure is shown by the part. */
  load: () => Promise<void>;
  Part: (props: P) => ReactNode;
};

type Options<P> = {
  /** In a sentence: "The page “Alarms”". */
  name: string;
  fetch: () => Promise<ComponentType<P>>;
  /** Stands in its place, in the shape of what is being loaded. */
  placeholder: ReactNode;
};

/**
 * A part of the screen with a script of its own, which is loaded when the part is first shown, or before that by
 * `load`. Once loaded it is drawn at once: React's lazy would draw its fallback first. A script that did not come is
 * asked for again when the line to the engine is back, and by the person at the screen.
 */
export function defer<P extends object>({ name, fetch, placeholder }: Options<P>): Deferred<P> {
  const store = createStore<State<P>>({ state: 'absent' });

  const load = async (): Promise<void> => {
    if (store.get().state === 'loading' || store.get().state === 'loaded') return;
    store.set({ state: 'loading' });
    try {
      store.set({ state: 'loaded', Part: await fetch() });
    } catch {
      store.set({ state: 'failed' });
    }
  };

  function DeferredPart(props: P): ReactNode {
    const now = useReadable(store);
    const line = useConnection().state;
    useEffect(() => void load(), [line]);
    switch (now.state) {
      case 'loaded':
        return <now.Part {...props} />;
      case 'failed':
        return <LoadFailure name={name} onRetry={() => void load()} />;
      case 'absent':
      case 'loading':
        return placeholder;
    }
  }

  return { load, Part: DeferredPart };
}
