import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_NAME, CONNECT_CHANNEL, PORT_CHANNEL, PORT_TAG } from '../shared/shellBridge.ts';
import type { ShellBridge } from '../shared/shellBridge.ts';

// contextBridge cannot carry a port, so it is posted from this world into the page's; '/' is our own origin alone.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage(PORT_TAG, '/', [...event.ports]);
});

const bridge: ShellBridge = { connect: () => ipcRenderer.send(CONNECT_CHANNEL) };
contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
