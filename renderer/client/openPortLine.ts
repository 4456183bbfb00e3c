import type { ServerMessage } from '../../shared/contract/contract.ts';
import { PORT_TAG } from '../../shared/shellBridge.ts';
import type { ShellBridge } from '../../shared/shellBridge.ts';
import type { OpenLine } from './carrier.ts';

declare global {
  /** Defined only under Electron. */
  var beacon: ShellBridge | undefined;
}

/** Opens lines over the port that the Electron shell hands to the page; messages and frames cross it as they are. */
export const openPortLine =
  (bridge: ShellBridge): OpenLine =>
  (events) => {
    let port: MessagePort | undefined;
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      window.removeEventListener('message', take);
      port?.close();
      events.onClose();
    };
    const take = (event: MessageEvent<unknown>): void => {
      const given = event.ports[0];
      if (event.source !== window || event.data !== PORT_TAG || given === undefined) return;
      window.removeEventListener('message', take);
      port = given;
      port.addEventListener('message', ({ data }: MessageEvent<ServerMessage | ArrayBuffer>) => events.onMessage(data));
      port.addEventListener('close', end);
      port.start();
      events.onOpen();
    };
    window.addEventListener('message', take);
    bridge.connect();
    return { send: (message) => port?.postMessage(message), close: end };
  };
