import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useConnection, useSeat } from './client/hooks.ts';
import { ControlRoom } from './ControlRoom.tsx';
import { SignInPage } from './features/people/SignInPage.tsx';
import { Waiting } from './features/people/Waiting.tsx';
import { parseAddress } from './pages/address.ts';
import { wall } from './pages/pages.ts';
import { useReadable } from './ui/useReadable.ts';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

/**
 * The fragment of the address decides what is shown: `#/wall` is for displays without a keyboard, everything else is a
 * page of the desk. A display that came in by a token shows the wall whatever the address says. While nobody is signed
 * in, the sign-in page is shown instead.
 */
export function App(): ReactNode {
  const address = parseAddress(useSyncExternalStore(subscribe, () => window.location.hash));
  const seat = useReadable(useSeat().state);
  const isDisplay = useConnection().person?.role === 'display';
  switch (seat.state) {
    case 'asking':
      return <Waiting />;
    case 'away':
      return <SignInPage away={seat} />;
    case 'taken':
      return address.page === 'wall' || isDisplay ? <wall.Part /> : <ControlRoom address={address} />;
  }
}
