import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

/**
 * What crosses a link between two processes, besides the messages on which its two ends agree themselves. Ports travel
 * as ids.
 */
export type PortMessage = { kind: 'port'; id: string; data: unknown } | { kind: 'close'; id: string };

/** Electron's port of the main and utility processes, implemented over Node's own. */
export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort;
  #isTransferred = false;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }

  /** Unlike a page's port this one transfers nothing but ports, and the shell transfers none over it. */
  postMessage(data: unknown): void {
    this.#port.postMessage(data);
  }

  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  close(): void {
    this.#port.close();
  }

  /** The port is transferred to another process: from now on, what its peer sends goes to `pass`. */
  transfer(pass: (data: unknown) => void): void {
    if (this.#isTransferred) throw new Error('Port at index 0 is already neutered');
    this.#isTransferred = true;
    this.#port.on('message', pass);
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

let portCount = 0;

/** Many ports over one ordered link. */
export class PortLink {
  readonly #open = new Map<string, MessagePortMain>();
  readonly #send: (message: PortMessage) => void;

  constructor(send: (message: PortMessage) => void) {
    this.#send = send;
  }

  /** Transfers ports, as ids; the shell transfers only ports that it made. */
  give(ports: readonly unknown[]): string[] {
    return ports.map((port, index) => {
      if (!(port instanceof MessagePortMain)) throw new TypeError(`Port at index ${index} is not a valid port`);
      const id = `port-${++portCount}`;
      this.#bind(id, port);
      return id;
    });
  }

  take(ids: readonly string[]): MessagePortMain[] {
    return ids.map((id) => {
      const { port1, port2 } = new MessageChannelMain();
      this.#bind(id, port2);
      return port1;
    });
  }

  feed(message: PortMessage): void {
    const port = this.#open.get(message.id);
    if (message.kind === 'port') port?.postMessage(message.data);
    else port?.close();
  }

  /** Called when the other end is gone. */
  close(): void {
    for (const port of this.#open.values()) port.close();
  }

  #bind(id: string, port: MessagePortMain): void {
    this.#open.set(id, port);
    port.transfer((data) => this.#send({ kind: 'port', id, data }));
    port.once('close', () => {
      if (this.#open.delete(id)) this.#send({ kind: 'close', id });
    });
  }
}
