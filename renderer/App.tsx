import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { SituationView } from './SituationView.tsx';
import { WallView } from './WallView.tsx';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

/** Two views behind the fragment of the address: `#/wall` for displays without a keyboard, everything else is the desk. */
export function App(): ReactNode {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return hash.startsWith('#/wall') ? <WallView /> : <SituationView />;
}
