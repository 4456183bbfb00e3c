import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Connections that do not belong to a screen; a page that loads has some six of them. */
const MOST_PLAIN = 256;

/**
 * The connections of a server. Where too many are open that no screen uses, the oldest of these is cut, so that idle
 * ones never keep a screen out. They can all be ended, also those that were refused an upgrade: these no longer belong
 * to a request, and the server would wait for them for ever.
 */
export class Connections {
  readonly #all = new Set<Socket>();
  readonly #plain = new Set<Socket>();

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#all.add(socket);
      this.#plain.add(socket);
      socket.once('close', () => {
        this.#all.delete(socket);
        this.#plain.delete(socket);
      });
      const [oldest] = this.#plain;
      if (this.#plain.size > MOST_PLAIN) oldest?.destroy();
    });
  }

  /** Must be called with each connection that a screen uses from now on. */
  belongsToScreen(socket: Socket): void {
    this.#plain.delete(socket);
  }

  end(): void {
    for (const socket of this.#all) socket.destroySoon();
  }
}
