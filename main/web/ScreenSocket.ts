import type { WebSocket } from '@fastify/websocket';
import type { ContractPort, ServerMessage } from '../../shared/contract/contract.ts';
import { MessageBudget } from '../../shared/base/MessageBudget.ts';

/** What a peer may cost. Buffered bytes are those that it has not read yet. */
type PeerLimits = { perSecond: number; atOnce: number; messageBytes: number; bufferedBytes: number };

/** Before anybody has signed in, a peer needs little: it is greeted and sends a password. */
const unknownLimits: PeerLimits = { perSecond: 100, atOnce: 300, messageBytes: 65_536, bufferedBytes: 262_144 };
const signedInLimits: PeerLimits = { perSecond: 500, atOnce: 1000, messageBytes: 1_000_000, bufferedBytes: 40_000_000 };
/** The largest message to a screen: an answer about 42,000 meters has some 6 MB. */
const MOST_MESSAGE_BYTES = 32_000_000;
const PING_EVERY_MS = 15_000;
/** Messages over the budget are looked at again after this long. */
const HOLD_MS = 50;

type Held = { data: Buffer; isBinary: boolean };

export type ScreenSocketOptions = {
  socket: WebSocket;
  /** Address and port of the peer, for the log. */
  peer: string;
  /** Called with a sentence about a peer that is over a bound. */
  warn: (sentence: string) => void;
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What is sent to many screens in one turn of the loop is written as text once. */
const texts = new Map<object, Buffer>();

function encode(message: ServerMessage): Buffer {
  if (message.type !== 'stream') return Buffer.from(JSON.stringify(message));
  const known = texts.get(message.data);
  if (known !== undefined) return known;
  const text = Buffer.from(JSON.stringify(message));
  if (texts.size === 0) setImmediate(() => texts.clear());
  texts.set(message.data, text);
  return text;
}

/**
 * A screen behind a WebSocket: JSON as text, frames as binary. Everything that the peer could make grow is bounded. One
 * that sends too much is read more slowly, so that its own connection holds it up; one that does not read what it gets,
 * or that does not answer a ping until the next one, is closed and named.
 */
export class ScreenSocket implements ContractPort {
  readonly #options: ScreenSocketOptions;
  readonly #socket: WebSocket;
  readonly #budget = new MessageBudget(unknownLimits.perSecond, unknownLimits.atOnce, performance.now());
  #limits = unknownLimits;
  /** The name of the person or display that is signed in there. */
  #name: string | undefined;
  #listener: (message: unknown) => void = () => undefined;
  #held: Held[] = [];
  #isNamedFast = false;
  #isAlive = true;
  #progressAtMs = performance.now();
  #unknownSinceMs = performance.now();

  constructor(options: ScreenSocketOptions) {
    this.#options = options;
    this.#socket = options.socket;
    const { socket } = options;
    socket.on('pong', () => (this.#isAlive = true));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer, isBinary: boolean) => this.#take({ data, isBinary }));
    const timer = setInterval(() => this.#ping(), PING_EVERY_MS);
    socket.on('close', () => clearInterval(timer));
  }

  get isSignedIn(): boolean {
    return this.#name !== undefined;
  }

  /** Since when nobody is signed in there, where that is so; monotonic. */
  get unknownSinceMs(): number {
    return this.#unknownSinceMs;
  }

  /** When the peer last took something, or was opened; monotonic. */
  get progressAtMs(): number {
    return this.#progressAtMs;
  }

  /** Throws an Error where the message cannot be written or is over the bound for one message. */
  readonly send = (message: ServerMessage | ArrayBuffer): void => {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const bytes = message instanceof ArrayBuffer ? message : encode(message);
    if (bytes.byteLength > MOST_MESSAGE_BYTES)
      throw new Error(`A message of ${String(bytes.byteLength)} bytes is too large to be sent.`);
    const waiting = this.#socket.bufferedAmount + bytes.byteLength;
    if (waiting > this.#limits.bufferedBytes) {
      this.end(`it does not read what it gets (${String(waiting)} bytes are waiting)`);
      return;
    }
    this.#socket.send(
      bytes,
      { binary: message instanceof ArrayBuffer },
      () => (this.#progressAtMs = performance.now()),
    );
  };

  readonly bufferedBytes = (): number => this.#socket.bufferedAmount;

  readonly onMessage = (listener: (message: unknown) => void): void => {
    this.#listener = listener;
  };

  readonly onClose = (listener: () => void): void => {
    this.#socket.on('close', listener);
  };

  readonly close = (): void => this.#socket.close();

  readonly admit = (name: string | undefined): void => {
    const wasSignedIn = this.isSignedIn;
    this.#name = name;
    if (this.isSignedIn === wasSignedIn) return;
    this.#unknownSinceMs = performance.now();
    this.#limits = this.isSignedIn ? signedInLimits : unknownLimits;
    this.#budget.become(this.#limits.perSecond, this.#limits.atOnce);
  };

  /** Cuts the connection without a handshake, which a peer that does not read would never complete. */
  end(why: string): void {
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    this.#options.warn(`${this.#describe()} was closed: ${why}.`);
    this.#socket.terminate();
  }

  #describe(): string {
    return this.#name === undefined
      ? `A screen at ${this.#options.peer} where nobody is signed in`
      : `The screen of ${this.#name} at ${this.#options.peer}`;
  }

  #ping(): void {
    // The answer of a peer that is read more slowly may still be on its way.
    if (!this.#isAlive && this.#held.length === 0) {
      if (this.#socket.bufferedAmount > 0) this.end('it takes nothing and does not answer');
      else this.#socket.terminate();
      return;
    }
    this.#isAlive = false;
    this.#socket.ping();
  }

  #take(message: Held): void {
    if (message.data.length > this.#limits.messageBytes) {
      this.end(`it sent a message of ${String(message.data.length)} bytes`);
      return;
    }
    if (this.#held.length === 0 && this.#budget.take(message.data.length, performance.now())) this.#deliver(message);
    else this.#hold(message);
  }

  /** What is not JSON is passed on as undefined, so that the session judges everything that arrives. */
  #deliver({ data, isBinary }: Held): void {
    this.#listener(isBinary ? undefined : parse(data.toString('utf8')));
  }

  #hold(message: Held): void {
    // What was read already still comes, which is no more than the socket's buffer.
    this.#held.push(message);
    if (this.#held.length > 1) return;
    this.#socket.pause();
    setTimeout(() => this.#release(), HOLD_MS);
    if (this.#isNamedFast) return;
    this.#isNamedFast = true;
    this.#options.warn(
      `${this.#describe()} sends more than ${String(this.#limits.perSecond)} messages a second and is read more slowly.`,
    );
  }

  #release(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    let count = 0;
    for (const message of this.#held) {
      if (!this.#budget.take(message.data.length, performance.now())) break;
      count++;
      this.#deliver(message);
    }
    this.#held.splice(0, count);
    if (this.#held.length > 0) setTimeout(() => this.#release(), HOLD_MS);
    else this.#socket.resume();
  }
}
