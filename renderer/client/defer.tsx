import { useEffect } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { useReadable } from '../ui/useReadable.ts';
import { useConnection } from './hooks.ts';
import { createStore } from '../ui/store.ts';
import { LoadFailure } from '../ui/LoadFailure.tsx';

type State<P> = { state: 'absent' | 'loading' | 'failed' } | { state: 'loaded'; Part: ComponentType<P> };

export type Deferred<P> = {
  /** Loads the script unless it is loaded or on its way. Never rejects: the part itself shows a failure. */
  load: () => Promise<void>;
  Part: (props: P) => ReactNode;
};

type Options<P> = {
  /** The name of the part as it stands in a sentence: "The page “Alarms”". */
  name: string;
  fetch: () => Promise<ComponentType<P>>;
  /** Stands in place of the part, in the shape of what is being loaded. */
  placeholder: ReactNode;
};

/**
 * A part of the screen with a script of its own, which is loaded when the part is first shown, or earlier by `load`. A
 * loaded part is drawn at once, whereas React's `lazy` would draw its fallback first. A script that failed to load is
 * requested again when the connection to the engine is back, and when the person at the screen asks for it.
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
