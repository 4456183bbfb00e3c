import '@fontsource-variable/inter';
import './ui/tokens.css';
import './ui/base.css';
import { parseWithoutEval } from '../shared/base/parseWithoutEval.ts';
import { mapTypeface } from './features/map/mapTypeface.ts';
import { pickCarrier } from './client/carrier.ts';
import { createLive } from './client/live.ts';
import { tokenOf, withoutToken } from './client/seat.ts';
import { parseAddress } from './pages/address.ts';
import { pageIdOf, pageScripts } from './pages/pageScripts.ts';
import { refuseTextAsCode } from './trustedTypes.ts';

refuseTextAsCode();
parseWithoutEval();

const token = takeToken();
const page = pageIdOf(parseAddress(window.location.hash).page);
// All scripts of the first picture are requested at once. A page that fails to load says so in its own place.
const start = import('./start.tsx');
pageScripts[page]().catch(() => undefined);
// The map starts drawing once its typeface is loaded.
document.fonts.load(mapTypeface).catch(() => undefined);

// The connection is opened before React and the page are loaded, so that the engine answers meanwhile.
const live = createLive(pickCarrier(), {
  session: window.sessionStorage,
  local: window.localStorage,
  token,
  randomId: () => crypto.randomUUID().slice(0, 8),
});
live.client.start();

/** Reads a display's token and removes it from the address. */
function takeToken(): string | undefined {
  const token = tokenOf(window.location.hash);
  if (token !== undefined) window.history.replaceState(null, '', withoutToken(window.location.hash));
  return token;
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
start.then(
  (screen) => screen.start(root, live, page),
  () => (root.textContent = 'Beacon’s screen could not be loaded. Reload the window (Ctrl+R).'),
);
