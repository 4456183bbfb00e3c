import type { ServerMessage } from '../../shared/contract/contract.ts';
import type { OpenLine } from './carrier.ts';

/** Lines over WebSocket: messages as JSON text, frames as binary. */
export const openSocketLine =
  (url: string): OpenLine =>
  (events) => {
    const socket = new WebSocket(url);
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      events.onClose();
    };
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => isOver || events.onOpen());
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (!isOver) events.onMessage(typeof data === 'string' ? (JSON.parse(data) as ServerMessage) : data);
    });
    // An 'error' is always followed by a 'close'.
    socket.addEventListener('close', end);
    return {
      send: (message) => socket.send(JSON.stringify(message)),
      close: () => {
        socket.close();
        // On a dead network the closing handshake takes a minute, so the line does not wait for it.
        end();
      },
    };
  };
