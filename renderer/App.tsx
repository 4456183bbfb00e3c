import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { Desk } from './Desk.tsx';
import { parseAddress } from './pages/address.ts';
import { WallView } from './WallView.tsx';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

/** What is shown stands in the fragment of the address: `#/wall` for displays without a keyboard, everything else is a page of the desk. */
export function App(): ReactNode {
  const address = parseAddress(useSyncExternalStore(subscribe, () => window.location.hash));
  return address.page === 'wall' ? <WallView /> : <Desk address={address} />;
}
