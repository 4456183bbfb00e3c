import type { WebSocket } from '@fastify/websocket';
import type { ContractPort } from '../../shared/contract/contract.ts';

const PING_EVERY_MS = 15_000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Makes a port for a screen behind a WebSocket: JSON as text, frames as binary. A peer that does not answer a ping
 * until the next one is dropped.
 */
export function socketPort(socket: WebSocket): ContractPort {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  socket.on('error', () => socket.terminate());
  const timer = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_EVERY_MS);
  socket.on('close', () => clearInterval(timer));
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(message instanceof ArrayBuffer ? message : JSON.stringify(message));
    },
    bufferedBytes: () => socket.bufferedAmount,
    onMessage(listener) {
      // What is not JSON is passed on as undefined, so that the session judges everything that arrives.
      socket.on('message', (data: Buffer, isBinary: boolean) =>
        listener(isBinary ? undefined : parse(data.toString('utf8'))),
      );
    },
    onClose: (listener) => socket.on('close', listener),
    close: () => socket.close(),
  };
}
