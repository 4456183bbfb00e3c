import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { LiveContext } from './client/hooks.ts';
import type { Live } from './client/live.ts';
import { pages, wall } from './pages/pages.ts';
import type { PageId } from './pages/pageScripts.ts';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { loadPreferences } from './ui/preferences.ts';
import { watchScreenSize } from './ui/screenSize.ts';
import { Toasts } from './ui/Toasts.tsx';

/** Draws the screen once the script of its first page is loaded, so that no placeholder flashes before it. */
export async function start(root: HTMLElement, live: Live, page: PageId): Promise<void> {
  loadPreferences();
  watchScreenSize();
  // What was drawn of another county has no meaning in this one.
  live.client.onOtherCounty(() => window.location.reload());
  await (page === 'wall' ? wall : pages.find(({ id }) => id === page))?.load();
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
}
