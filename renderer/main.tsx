import '@fontsource-variable/inter';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { pickCarrier } from './client/carrier.ts';
import { LiveContext } from './client/hooks.ts';
import { createLive } from './client/live.ts';
import { tokenOf } from './client/seat.ts';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { loadPreferences } from './ui/preferences.ts';
import { Toasts } from './ui/Toasts.tsx';

loadPreferences();
const live = createLive(pickCarrier(), {
  session: window.sessionStorage,
  local: window.localStorage,
  token: takeToken(),
  randomId: () => crypto.randomUUID().slice(0, 8),
});
live.client.start();

/** A display's token, which the address then no longer shows. */
function takeToken(): string | undefined {
  const token = tokenOf(window.location.hash);
  if (token !== undefined) window.history.replaceState(null, '', window.location.hash.replace(/\?.*$/, ''));
  return token;
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary name="Beacon’s screen">
      <LiveContext value={live}>
        <Toasts>
          <App />
        </Toasts>
      </LiveContext>
    </ErrorBoundary>
  </StrictMode>,
);
