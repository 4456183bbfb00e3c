import type { ServerMessage } from '../../shared/contract.ts';
import type { OpenLine } from './carrier.ts';

/** Lines over WebSocket: messages as JSON text, frames as binary. */
export const openSocketLine = (url: string): OpenLine => (events) => {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', events.onOpen);
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    events.onMessage(typeof data === 'string' ? (JSON.parse(data) as ServerMessage) : data);
  });
  // An 'error' is always followed by a 'close'.
  socket.addEventListener('close', events.onClose, { once: true });
  return { send: (message) => socket.send(JSON.stringify(message)), close: () => socket.close() };
};
