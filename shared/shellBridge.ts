/**
 * The messages between the Electron shell, its preload and the page. The contract itself never passes here: it runs
 * over a port of its own between page and engine.
 *
 * A page calls `window.beacon.connect()` and then receives, as a `message` event of its own window, the string
 * `PORT_TAG` with one MessagePort. It must check that `event.source === window`. It asks again after a reload and after
 * the port's `close` event; until an engine runs, the shell keeps one request per page, so asking again does no harm.
 * The port carries ServerMessage and ClientMessage objects and frames as ArrayBuffer.
 */
export type ShellBridge = {
  /** Asks for a port to the engine; the answer is the window message described above. */
  connect: () => void;
};

/** The name under which the preload exposes the bridge: `window.beacon`. Absent in a browser. */
export const BRIDGE_NAME = 'beacon';
/** Page to shell: asks for one port to the engine. No arguments. */
export const CONNECT_CHANNEL = 'connect';
/** Shell to preload: the port. */
export const PORT_CHANNEL = 'port';
/** Preload to page: the port, in the page's own world. */
export const PORT_TAG = 'beacon:port';
